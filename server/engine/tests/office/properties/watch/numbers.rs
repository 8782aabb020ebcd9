//! Who has which number: open, or resting until its time is over, across days.

use std::collections::BTreeMap;

use aufruf_engine::{Office, TicketId, TicketNumber};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, Held>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    Open(TicketId),
    Rests(Timestamp),
}

impl Numbers {
    /// A walk-in gets a number that is nobody's and has rested.
    pub(super) fn is_given(&mut self, label: &str, to: TicketId, at: Timestamp) -> TestCaseResult {
        let held = self.0.insert(label.to_owned(), Held::Open(to));
        let is_free = match held {
            None => true,
            Some(Held::Open(_)) => false,
            Some(Held::Rests(until)) => until <= at,
        };
        prop_assert!(is_free, "{} is given at {}, but is {:?}", label, at, held);
        Ok(())
    }

    /// An appointment brings its number along: it was promised, whatever rests. Nobody else has it.
    pub(super) fn is_brought(&mut self, label: &str, by: TicketId) -> TestCaseResult {
        let held = self.0.insert(label.to_owned(), Held::Open(by));
        if let Some(Held::Open(other)) = held {
            prop_assert_eq!(other, by, "{} is open twice", label);
        }
        Ok(())
    }

    pub(super) fn is_reopened(&mut self, label: &str, by: TicketId) -> TestCaseResult {
        self.is_brought(label, by)
    }

    /// The visit has ended: the number rests as its series says, or the series that writes it too.
    pub(super) fn ends(&mut self, number: &TicketNumber, at: Timestamp, office: &Office) {
        let own = number.series().and_then(|key| office.series(key));
        let writes = |series: &&aufruf_engine::Series| {
            (series.from..=series.to).any(|n| series.label(n) == number.label)
        };
        let series = own.or_else(|| office.series.iter().find(writes));
        let rest = series.map_or(0, |series| series.reuse_after_min);
        let until = at + SignedDuration::from_mins(i64::from(rest));
        self.0.insert(number.label.clone(), Held::Rests(until));
    }

    /// A changed appointment gave its number up.
    pub(super) fn is_given_up(&mut self, label: &str) {
        self.0.remove(label);
    }
}
