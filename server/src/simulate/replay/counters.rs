//! What happens at the counters: calls, visits that end, shifts that begin and end.
//!
//! Pure: no clock, I/O, randomness.

use aufruf_engine::{
    Command, CounterMode, Event, Finish, Nobody, Record, Refusal, TicketId, VisitResult,
};

use super::super::agenda::Happening;
use super::super::desk::{Came, Visit};
use super::super::line::CallInVain;
use super::super::seconds::{Second, second_from};
use super::super::visitor::End;
use super::{Broken, Replay, refused};

impl Replay<'_> {
    /// Every free counter in its shift asks once, in the order of the file.
    pub(super) fn call_to_free_counters(&mut self, now: Second) -> Result<(), Broken> {
        for desk in 0..self.desks.len() {
            let asks = self.desks[desk].visit.is_none() && self.is_open(desk);
            if asks {
                self.call_next(now, desk)?;
            }
        }
        Ok(())
    }

    fn is_open(&self, desk: usize) -> bool {
        let today = self.state.counter(&self.desks[desk].key);
        today.is_some_and(aufruf_engine::CounterState::is_open)
    }

    fn call_next(&mut self, now: Second, desk: usize) -> Result<(), Broken> {
        let counter = self.desks[desk].key.clone();
        let command = Command::CallNext { counter };
        match self.ask(now, &command) {
            Ok(records) => match called(&records) {
                Some(ticket) => self.begin_visit(now, desk, ticket),
                None => Err(self.called_nobody(now, desk)),
            },
            Err(Refusal::Nobody(nobody)) => {
                self.wake_up(now, &nobody);
                Ok(())
            }
            Err(refusal) => Err(refused(now, &command, refusal)),
        }
    }

    /// Asks again when somebody can be called who cannot now.
    fn wake_up(&mut self, now: Second, nobody: &Nobody) {
        let named = nobody.next.map(|(_, from)| second_from(from));
        if let Some(at) = named.filter(|at| *at > now) {
            self.agenda.add(at, Happening::WakeUp);
        }
    }

    /// Who is here is served at once; for who is not, the counter waits.
    fn begin_visit(&mut self, now: Second, desk: usize, ticket: TicketId) -> Result<(), Broken> {
        let Some(&visitor) = self.holders.get(&ticket) else {
            return Err(self.called_nobody(now, desk));
        };
        let person = &self.visitors[visitor];
        let (came, lasts) = if person.is_here(now) {
            (Came::Yes, person.takes_s)
        } else {
            (Came::No, self.day.no_show_s)
        };
        if came == Came::Yes {
            self.step(now, &Command::Start { ticket })?;
        }
        let ends_at = now + lasts;
        self.agenda.add(ends_at, Happening::VisitEnds(desk));
        self.desks[desk].visit = Some(Visit {
            visitor,
            ticket,
            called_at: now,
            ends_at,
            came,
        });
        Ok(())
    }

    pub(super) fn end_visit(&mut self, now: Second, desk: usize) -> Result<(), Broken> {
        let Some(visit) = self.desks[desk].visit.take() else {
            return Ok(());
        };
        let counter = self.desks[desk].id;
        let ticket = visit.ticket;
        let command = match visit.came {
            Came::Yes => Command::Finish(Finish {
                ticket,
                done: None,
                persons: None,
                result: VisitResult::Served,
            }),
            Came::No => Command::Miss { ticket },
        };
        self.step(now, &command)?;
        let visitor = &mut self.visitors[visit.visitor];
        match visit.came {
            Came::Yes => {
                visitor.end = Some(End::Served {
                    counter,
                    called_at: visit.called_at,
                    finished_at: now,
                });
            }
            Came::No => visitor.missed_calls.push(CallInVain {
                counter: counter.to_owned(),
                at: visit.called_at,
            }),
        }
        // Whose shift ended during the visit leaves after it.
        self.agenda.add(now, Happening::Shift(desk));
        Ok(())
    }

    /// Makes the counter what its roster says. Closing would take the visit away from a clerk who
    /// has one: until it is over, the counter pauses.
    pub(super) fn follow_roster(&mut self, now: Second, desk: usize) -> Result<(), Broken> {
        let has_visit = self.desks[desk].visit.is_some();
        let mode = self.desks[desk].roster.mode_at(now);
        let counter = self.desks[desk].key.clone();
        let command = match mode {
            CounterMode::Open => Command::OpenCounter {
                counter,
                clerk: None,
            },
            CounterMode::Closed if !has_visit => Command::CloseCounter { counter },
            CounterMode::Paused | CounterMode::Closed => Command::PauseCounter { counter },
        };
        self.step(now, &command).map(drop)
    }

    fn called_nobody(&self, second: Second, desk: usize) -> Broken {
        Broken::CalledNobody {
            second,
            counter: self.desks[desk].id.to_owned(),
        }
    }
}

fn called(records: &[Record]) -> Option<TicketId> {
    records.iter().find_map(|record| match record.event {
        Event::TicketCalled { ticket, .. } => Some(ticket),
        _ => None,
    })
}
