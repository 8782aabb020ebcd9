//! Whether what the plan found is about the day as it is. A plan takes a moment to make: a counter may
//! have opened meanwhile, and then nothing is sold out because of what the plan did not know. Asked where
//! the state is, right before the command is decided, so that no answer is out of date.
//!
//! Pure: records in, yes or no out.

use aufruf_engine::{Event, EventSeq, Record, State};

/// Follows the records by which a day may get capacity that an older plan did not know of.
#[derive(Debug)]
pub(super) struct Capacity {
    /// The last of them.
    changed: EventSeq,
}

impl Capacity {
    /// A plan made before this state is too old.
    pub(super) fn of(state: &State) -> Self {
        let changed = state.last_seq();
        Self { changed }
    }

    pub(super) fn follow(&mut self, records: &[Record]) {
        let adding = records.iter().rfind(|record| may_add(&record.event));
        if let Some(record) = adding {
            self.changed = record.seq;
        }
    }

    /// Whether a plan made when record `as_of` was the last one is about the day as it is.
    pub(super) fn is_known_to(&self, as_of: EventSeq) -> bool {
        as_of >= self.changed
    }
}

/// Rather one too many: the next plan is a second away.
fn may_add(event: &Event) -> bool {
    matches!(
        event,
        Event::DayOpened { .. }
            | Event::OfficeChanged { .. }
            | Event::CounterOpened { .. }
            | Event::CounterMoved { .. }
            | Event::AppointmentBooked { .. }
            | Event::TicketCancelled { .. }
    )
}

#[cfg(test)]
mod tests {
    use aufruf_engine::{Actor, CounterKey};
    use jiff::Timestamp;

    use super::*;

    fn record(seq: u64, event: Event) -> Record {
        Record {
            seq: EventSeq(seq),
            at: Timestamp::UNIX_EPOCH,
            by: Actor::new("panel-1"),
            event,
        }
    }

    #[test]
    fn a_plan_from_before_a_counter_opened_is_not_heard_and_one_from_after_is() {
        let mut capacity = Capacity::of(&State::default());
        let counter = CounterKey::new("counter-1");
        let opened = Event::CounterOpened {
            counter: counter.clone(),
            clerk: None,
        };
        let closed = Event::CounterClosed { counter };
        capacity.follow(&[record(7, opened), record(8, closed)]);
        assert!(!capacity.is_known_to(EventSeq(6)));
        assert!(capacity.is_known_to(EventSeq(7)), "closing adds nothing");
    }
}
