//! Which devices are here and how they are, in their own words: in memory only, since the server's start. A
//! device that comes back before its old line is given up has two for a while.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use crate::auth::Device;

/// LIMIT: characters of what a program says of itself.
const SOFTWARE_CHARS: usize = 100;
/// A sign of life is written down this often at most, in milliseconds.
const SEEN_EVERY_MS: i64 = 1_000;

/// One line of a device: which program is at the other end, and when it was heard last. Cheap to clone; all
/// clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Line {
    software: Option<String>,
    /// Milliseconds since 1970; 0 for never.
    heard_at: Arc<AtomicI64>,
}

impl Line {
    /// A line of this program that was opened just now.
    pub fn of(software: &str, now: Timestamp) -> Self {
        let plain = software.chars().filter(|c| !c.is_control());
        let software: String = plain.take(SOFTWARE_CHARS).collect();
        let line = Self {
            software: (!software.is_empty()).then_some(software),
            heard_at: Arc::default(),
        };
        line.heard(now);
        line
    }

    /// The device gave a sign of life.
    pub fn heard(&self, now: Timestamp) {
        let (now, last) = (now.as_millisecond(), self.heard_at.load(Ordering::Relaxed));
        if (now - last).abs() >= SEEN_EVERY_MS {
            self.heard_at.store(now, Ordering::Relaxed);
        }
    }

    fn last_heard(&self) -> Option<Timestamp> {
        let at = self.heard_at.load(Ordering::Relaxed);
        (at != 0)
            .then(|| Timestamp::from_millisecond(at).ok())
            .flatten()
    }
}

/// How a device is now.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Open push channels.
    pub(super) open: u32,
    /// The newest one, or the last.
    line: Line,
    /// As it said last, on the lines that are open.
    pub(super) status: wire::DeviceStatus,
}

impl Row {
    pub(super) fn software(&self) -> Option<String> {
        self.line.software.clone()
    }

    pub(super) fn last_seen(&self) -> Option<Timestamp> {
        self.line.last_heard()
    }
}

/// Every device that was here since the start.
#[derive(Debug, Default)]
pub(super) struct Presence(BTreeMap<String, Row>);

impl Presence {
    pub(super) fn came(&mut self, device: &str, line: Line) {
        let row = self.0.entry(device.to_owned()).or_default();
        row.open += 1;
        row.line = line;
    }

    /// What it said of itself does not hold any more.
    pub(super) fn left(&mut self, device: &str) {
        if let Some(row) = self.0.get_mut(device) {
            row.open = row.open.saturating_sub(1);
            row.status = wire::DeviceStatus::default();
        }
    }

    pub(super) fn says(&mut self, device: &str, status: &wire::DeviceStatus) {
        if let Some(row) = self.0.get_mut(device) {
            row.status = wire::DeviceStatus {
                // The troubles' to keep.
                faults: Vec::new(),
                ..*status
            };
        }
    }

    /// How it is; of one that never came, that it is not here.
    pub(super) fn of(&self, device: &str) -> Row {
        self.0.get(device).cloned().unwrap_or_default()
    }

    /// Forgets those who are not here and not `known` any more.
    pub(super) fn retain(&mut self, known: &[Device]) {
        self.0
            .retain(|id, row| row.open > 0 || known.iter().any(|device| device.id == *id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + secs).expect("a time")
    }

    #[test]
    fn a_device_that_came_back_before_its_old_line_was_given_up_is_still_here() {
        let mut presence = Presence::default();
        presence.came("panel-1", Line::of("panel 1", at(0)));
        presence.came("panel-1", Line::of("panel 2", at(5)));
        presence.left("panel-1");
        assert_eq!(presence.of("panel-1").open, 1);
        presence.left("panel-1");
        let row = presence.of("panel-1");
        assert_eq!(row.open, 0);
        assert_eq!(row.software().as_deref(), Some("panel 2"));
        assert_eq!(row.last_seen(), Some(at(5)), "when it was heard last");
    }

    #[test]
    fn a_sign_of_life_is_written_down_once_a_second_at_most() {
        let line = Line::of("panel", at(0));
        line.heard(at(0) + jiff::SignedDuration::from_millis(900));
        assert_eq!(line.last_heard(), Some(at(0)));
        line.heard(at(2));
        assert_eq!(line.last_heard(), Some(at(2)));
    }

    #[test]
    fn what_a_program_says_of_itself_is_one_short_line() {
        let line = Line::of(&format!("a\nb{}", "c".repeat(500)), at(0));
        let software = line.software.expect("a name");
        assert_eq!(software.chars().count(), SOFTWARE_CHARS);
        assert!(software.starts_with("abc"));
    }

    #[test]
    fn whoever_was_put_out_and_went_is_forgotten() {
        let mut presence = Presence::default();
        presence.came("kiosk-1", Line::default());
        presence.retain(&[]);
        assert_eq!(presence.of("kiosk-1").open, 1, "its line is open");
        presence.left("kiosk-1");
        presence.retain(&[]);
        assert!(presence.0.is_empty());
    }
}
