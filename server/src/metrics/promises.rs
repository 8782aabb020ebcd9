//! Whether walk-ins are called when they were told. What counts is the window on the paper, and the first
//! call; one that is taken back stays counted, because a counter never falls.

use aufruf_engine::Ticket;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::{Registry, Unit};

use super::histogram::Histogram;

/// Seconds. Windows are told in steps of five minutes.
const ERRORS: [f64; 8] = [60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Side {
    side: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Window {
    window: &'static str,
}

/// All promises of one office that were put to the test.
#[derive(Debug)]
pub(crate) struct Promises {
    within: Counter,
    before: Counter,
    after: Counter,
    early: Histogram,
    late: Histogram,
}

impl Promises {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let calls: Family<Window, Counter> = Family::default();
        let errors: Family<Side, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(&ERRORS));
        let count = |window| calls.get_or_create_owned(&Window { window });
        let error = |side| errors.get_or_create_owned(&Side { side });
        let promises = Self {
            within: count("within"),
            before: count("before"),
            after: count("after"),
            early: error("early"),
            late: error("late"),
        };
        registry.register(
            "promise_calls",
            "First calls of walk-ins, by whether they came within the window on the paper",
            calls,
        );
        // Two sides, because a sum of the signed error would fall.
        registry.register_with_unit(
            "promise_error",
            "How far first calls of walk-ins were from the middle of the window on the paper",
            Unit::Seconds,
            errors,
        );
        promises
    }

    /// Somebody was just called.
    pub(crate) fn called(&self, ticket: &Ticket) {
        let is_first = ticket.calls == 1 && ticket.appointment.is_none();
        let (true, Some(promise), Some(at)) = (is_first, ticket.promise, ticket.first_called_at)
        else {
            return;
        };
        if at < promise.low {
            self.before.inc();
        } else if at > promise.high {
            self.after.inc();
        } else {
            self.within.inc();
        }
        let late = at.duration_since(promise.mid);
        let side = if late.is_negative() {
            &self.early
        } else {
            &self.late
        };
        side.observe(late.abs().as_secs_f64());
    }
}
