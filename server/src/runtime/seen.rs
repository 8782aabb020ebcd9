//! Who has shown which call. Devices report it; it stays in memory and goes with the call.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_protocol::latest::{AreaKey, CallId, Seen};

/// Reports of displays, and which displays are there.
#[derive(Debug, Default)]
pub(crate) struct SeenCalls {
    calls: BTreeMap<CallId, Reports>,
    /// Displays by their area, each with its open connections.
    present: BTreeMap<AreaKey, BTreeMap<String, u32>>,
}

#[derive(Debug, Default)]
struct Reports {
    painted: BTreeSet<String>,
    announced: BTreeSet<String>,
}

/// What a display says of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Painted,
    Announced,
}

impl SeenCalls {
    pub(super) fn connected(&mut self, area: &AreaKey, display: &str) {
        let connections = self.present.entry(area.clone()).or_default();
        *connections.entry(display.to_owned()).or_default() += 1;
    }

    pub(super) fn disconnected(&mut self, area: &AreaKey, display: &str) {
        let Some(displays) = self.present.get_mut(area) else {
            return;
        };
        if let Some(connections) = displays.get_mut(display) {
            *connections -= 1;
            if *connections == 0 {
                displays.remove(display);
            }
        }
    }

    /// Forgets every call but those that run now, and makes room for new ones.
    pub(super) fn keep_only(&mut self, running: &BTreeSet<CallId>) {
        self.calls.retain(|call, _| running.contains(call));
        for call in running {
            self.calls.entry(*call).or_default();
        }
    }

    /// A display's report, and whether it is news. One about a call that no longer runs is not kept.
    pub(super) fn report(&mut self, call: CallId, display: &str, shown: Shown) -> bool {
        let Some(reports) = self.calls.get_mut(&call) else {
            return false;
        };
        let displays = match shown {
            Shown::Painted => &mut reports.painted,
            Shown::Announced => &mut reports.announced,
        };
        displays.insert(display.to_owned())
    }

    /// Who of the area's displays has shown the call.
    pub(crate) fn of(&self, call: CallId, area: &AreaKey) -> Seen {
        let displays = self.present.get(area).map_or(0, BTreeMap::len);
        let reports = self.calls.get(&call);
        Seen {
            painted: count(reports.map_or(0, |reports| reports.painted.len())),
            announced: count(reports.map_or(0, |reports| reports.announced.len())),
            displays: count(displays),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_seen_by_each_display_once_however_often_it_reports() {
        let (mut seen, area, call) = (SeenCalls::default(), AreaKey::new("ground"), CallId(7));
        seen.keep_only(&BTreeSet::from([call]));
        seen.connected(&area, "display-1");
        seen.connected(&area, "display-2");
        assert!(seen.report(call, "display-1", Shown::Painted));
        assert!(!seen.report(call, "display-1", Shown::Painted));
        assert_eq!(
            seen.of(call, &area),
            Seen {
                painted: 1,
                announced: 0,
                displays: 2
            }
        );
    }

    #[test]
    fn a_display_that_reconnects_before_its_old_line_is_given_up_stays_present() {
        let (mut seen, area) = (SeenCalls::default(), AreaKey::new("ground"));
        seen.connected(&area, "display-1");
        seen.connected(&area, "display-1");
        seen.disconnected(&area, "display-1");
        assert_eq!(seen.of(CallId(1), &area).displays, 1);
    }
}
