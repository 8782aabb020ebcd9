//! How long counters were open, how long they should have been, and how often help was asked for.

use aufruf_engine::Office;
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Debug, Default)]
pub(super) struct Staffed {
    pub(super) alarms: u32,
    pub(super) open_ms: u64,
    /// Up to then it is counted.
    until: Option<Timestamp>,
}

impl Staffed {
    /// So many counters were open up to `at`.
    pub(super) fn goes_on(&mut self, open: usize, at: Timestamp) {
        if let Some(until) = self.until.filter(|until| at > *until) {
            let open = u64::try_from(open).expect("few");
            self.open_ms += open * ms_between(until, at);
        }
        self.until = Some(self.until.map_or(at, |until| until.max(at)));
    }
}

/// The shifts that are planned for a day; none where none are.
pub(super) fn planned_ms(office: &Office, date: Date) -> Option<u64> {
    let mut planned = None;
    for counter in &office.counters {
        for shift in office.shifts_on(counter, date).into_iter().flatten() {
            *planned.get_or_insert(0) += ms_between(shift.from, shift.to);
        }
        if counter.shifts.is_some() {
            planned.get_or_insert(0);
        }
    }
    planned
}

fn ms_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_millis()).expect("in order")
}
