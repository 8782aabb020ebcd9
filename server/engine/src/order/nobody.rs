//! Why a counter can call nobody now.

use jiff::Timestamp;

use super::Desk;
use super::skills::{Wait, can_serve, suits};
use crate::{CheckInRule, Nobody, NobodyReason, Ticket};

impl Desk<'_> {
    /// Why nobody can be called, and who could be when.
    pub(super) fn nobody(&self) -> Nobody {
        let mut nobody = Nobody::from(NobodyReason::NobodyWaiting);
        for queue in &self.office.queues {
            for ticket in self.state.line(&queue.key) {
                let reason = self.obstacle(ticket);
                if reason == NobodyReason::AllPaused {
                    let until = ticket.state.pause().map(|pause| pause.until);
                    nobody.could_be(ticket, until);
                }
                if weight(&reason) > weight(&nobody.reason) {
                    nobody.reason = reason;
                }
            }
            if queue.rules.check_in == CheckInRule::None {
                let booked = self.state.booked(&queue.key);
                let mut mine = booked.filter(|ticket| self.could_take_in_time(ticket));
                if let Some(first) = mine.next() {
                    nobody.could_be(first, Some(first.place.at));
                }
            }
        }
        nobody
    }

    /// Whether an appointment that is still to come would be called here at its time.
    fn could_take_in_time(&self, ticket: &Ticket) -> bool {
        ticket.place.at > self.now
            && can_serve(self.state, self.counter, ticket)
            && suits(self.state, self.counter, ticket, Wait::Bearable)
    }

    /// What keeps this waiting one from being called here.
    fn obstacle(&self, ticket: &Ticket) -> NobodyReason {
        if ticket.bound.is_some() && !self.is_meant(ticket) {
            NobodyReason::OtherCounter
        } else if ticket.bound.is_none() && !can_serve(self.state, self.counter, ticket) {
            NobodyReason::OtherSkills
        } else if ticket.bound.is_none()
            && !suits(self.state, self.counter, ticket, self.wait(ticket))
        {
            NobodyReason::OtherCounter
        } else {
            NobodyReason::AllPaused
        }
    }
}

impl Nobody {
    fn could_be(&mut self, ticket: &Ticket, from: Option<Timestamp>) {
        let Some(from) = from else { return };
        if self.next.is_none_or(|(_, earlier)| from < earlier) {
            self.next = Some((ticket.id, from));
        }
    }
}

/// The reason that a clerk can do most with is told.
fn weight(reason: &NobodyReason) -> u8 {
    match reason {
        NobodyReason::NobodyWaiting => 0,
        NobodyReason::OtherSkills => 1,
        NobodyReason::OtherCounter => 2,
        NobodyReason::AllPaused => 3,
        NobodyReason::CounterClosed
        | NobodyReason::CounterPaused
        | NobodyReason::VisitRunning(_) => 4,
    }
}
