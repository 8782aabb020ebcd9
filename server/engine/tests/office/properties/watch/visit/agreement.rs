//! Whether the engine says of a visit what the books say.

use aufruf_engine::{CounterKey, Ticket, TicketState};
use jiff::Timestamp;

use super::{End, Stand, Visit, ran_ms};

impl Visit {
    /// What the engine says otherwise.
    pub(in crate::properties::watch) fn differs_from(
        &self,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Option<String> {
        let ran = ran_ms(&self.stand, now);
        let pairs = [
            ("stand", self.stand.in_short() == in_short(&ticket.state)),
            ("queue", self.queue == ticket.queue),
            ("services", self.services == ticket.services),
            ("served", self.served == ticket.served),
            ("needs", self.needs == ticket.needs),
            ("priority", self.priority == ticket.priority),
            ("persons", self.persons == ticket.persons),
            ("number", self.number == ticket.number),
            ("place", self.place == ticket.place),
            ("arrival", self.waits_from() == ticket.waits_from()),
            ("first call", self.first_called_at == ticket.first_called_at),
            ("calls in vain", self.calls_in_vain == ticket.calls_in_vain),
            ("overtaken", self.overtaken == ticket.overtaken),
            ("time", self.served_ms + ran == ticket.served_ms_at(now)),
        ];
        let wrong = pairs.iter().find(|(_, is_equal)| !is_equal);
        let is_bound = self.waits() && self.bound != ticket.bound;
        let wrong = wrong.map(|(what, _)| *what);
        let wrong = wrong.or(is_bound.then_some("bound"))?;
        Some(format!(
            "{wrong}: books say {self:#?}, engine says {ticket:#?}"
        ))
    }
}

impl Stand {
    fn in_short(&self) -> (&'static str, Option<&CounterKey>, Option<Timestamp>) {
        let (name, pause) = match self {
            Self::Booked => ("booked", None),
            Self::Waiting(pause) => ("waiting", *pause),
            Self::Called(_) => ("called", None),
            Self::Serving(..) => ("serving", None),
            Self::Parked => ("parked", None),
            Self::Missed => ("missed", None),
            Self::PickUp(_) => ("pick_up", None),
            Self::Ended(End::Finished(_)) => ("finished", None),
            Self::Ended(End::Cancelled) => ("cancelled", None),
            Self::Ended(_) => ("expired", None),
        };
        (name, self.counter(), pause)
    }
}

fn in_short(state: &TicketState) -> (&'static str, Option<&CounterKey>, Option<Timestamp>) {
    let pause = state.pause().map(|pause| pause.until);
    (state.name(), state.counter(), pause)
}
