//! Which devices are here: open push channels by device. One that comes back before its old line is given
//! up has two for a while.

use std::collections::BTreeMap;

/// The open push channels.
#[derive(Debug, Default)]
pub(super) struct Connections(BTreeMap<String, u32>);

impl Connections {
    pub(super) fn came(&mut self, device: &str) {
        *self.0.entry(device.to_owned()).or_default() += 1;
    }

    pub(super) fn left(&mut self, device: &str) {
        if let Some(open) = self.0.get_mut(device) {
            *open -= 1;
            if *open == 0 {
                self.0.remove(device);
            }
        }
    }

    pub(super) fn of(&self, device: &str) -> u32 {
        self.0.get(device).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_came_back_before_its_old_line_was_given_up_is_still_here() {
        let mut connections = Connections::default();
        connections.came("panel-1");
        connections.came("panel-1");
        connections.left("panel-1");
        assert_eq!(connections.of("panel-1"), 1);
        connections.left("panel-1");
        assert_eq!(connections.of("panel-1"), 0);
    }
}
