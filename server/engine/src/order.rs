//! Who is next for a counter, and by which rule.
//!
//! Of those whom the counter can take now:
//! 1. who has waited longer than the queue's maximum, the longest first; whoever came before and was
//!    overtaken often enough goes instead;
//! 2. after `favoured_in_a_row` calls that put others before: who waits longest behind the best class;
//! 3. whom staff gave a better priority: the best one; in it the counter's own services before those
//!    it helps out with; in these the earliest place;
//! 4. appointments that are due or soon due, and walk-ins, as they fit: [`crate::slotting`];
//! 5. if nobody else is there: who is here before the agreed time, the earliest first.
//!
//! A walk-in is overtaken by later ones at most as often as the office allows. Of equal places the
//! smaller id comes first: nothing is left to chance.

mod hold;
mod overtaking;
mod skills;
mod slot;
mod survey;

use jiff::Timestamp;

pub(crate) use overtaking::overtaken_by;
pub use skills::can_serve;
pub(crate) use skills::{Asked, Choice, Skills, Wait};
pub(crate) use survey::Stance;
use survey::{Candidate, Desk, Survey};

use crate::{Counter, Nobody, NobodyReason, Office, Place, Priority, State, Ticket, TicketId, Why};

/// The one to call, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next<'a> {
    pub ticket: &'a Ticket,
    pub why: Why,
    /// Walk-ins who came before, could have gone to this counter, and wait on.
    pub overtook: Vec<TicketId>,
}

/// The next one for `counter` at `now`, with the reason.
///
/// # Errors
/// [`Nobody`]: why nobody can be called, and who could be when.
pub fn next_ticket<'a>(
    state: &'a State,
    counter: &'a Counter,
    now: Timestamp,
) -> Result<Next<'a>, Nobody> {
    let Some(office) = state.office() else {
        return Err(NobodyReason::NobodyWaiting.into());
    };
    let today = state.counter(&counter.key);
    let desk = desk_of(state, office, counter, now);
    let survey = desk.survey();
    if let Some(overdue) = survey.overdue {
        let why = Why::Overdue {
            waited_min: overdue.waited_min(now),
            max_wait_min: overdue.queue.rules.max_wait_min,
        };
        let next = desk.calls(overdue.ticket, why);
        return Ok(desk.first_overtaken_enough(&next).unwrap_or(next));
    }
    let favoured = today.map_or(0, |today| today.favoured);
    let turn_of_others = favoured >= office.rules.favoured_in_a_row;
    if let Some(other) = other_in_turn(&survey).filter(|_| turn_of_others) {
        return Ok(desk.calls(other.ticket, Why::TurnOfOthers { after: favoured }));
    }
    if let Some(best) = put_first_by_staff(&survey) {
        return Ok(desk.calls(best.ticket, why(best, &survey.due)));
    }
    if let Some(slotted) = desk.slot(&survey) {
        return slotted;
    }
    let early = survey.early.iter().min_by_key(|one| place(one));
    early
        .map(|one| {
            let at = one.ticket.place.at;
            desk.calls(one.ticket, Why::EarlyAppointment { at })
        })
        .ok_or(survey.nobody)
}

/// This counter, as it asks at `now`.
pub(crate) fn desk_of<'a>(
    state: &'a State,
    office: &'a Office,
    counter: &'a Counter,
    now: Timestamp,
) -> Desk<'a> {
    let today = state.counter(&counter.key);
    Desk {
        state,
        office,
        counter,
        clerk: today.and_then(|today| today.clerk.as_ref()),
        now,
    }
}

fn place(one: &Candidate<'_>) -> (Place, TicketId) {
    (one.ticket.place, one.ticket.id)
}

fn best_of<'s, 'a>(survey: &'s Survey<'a>) -> Option<&'s Candidate<'a>> {
    let due = survey.due.iter();
    due.min_by_key(|one| (one.ticket.priority, one.choice, place(one)))
}

/// The best one where somebody has a priority that staff gave: then priorities alone decide.
fn put_first_by_staff<'s, 'a>(survey: &'s Survey<'a>) -> Option<&'s Candidate<'a>> {
    survey.has_given.then(|| best_of(survey)).flatten()
}

/// Who waits longest of those whom the best one goes before by priority.
fn other_in_turn<'s, 'a>(survey: &'s Survey<'a>) -> Option<&'s Candidate<'a>> {
    let best = best_of(survey)?;
    let behind = |one: &&Candidate<'_>| {
        one.ticket.priority > best.ticket.priority && place(one) < place(best)
    };
    survey
        .due
        .iter()
        .filter(behind)
        .min_by_key(|one| place(one))
}

/// By which rule the best one goes before those who wait longer.
fn why(best: &Candidate<'_>, due: &[Candidate<'_>]) -> Why {
    let longer = due.iter().filter(|one| place(one) < place(best));
    let (behind, same): (Vec<&Candidate<'_>>, Vec<&Candidate<'_>>) =
        longer.partition(|one| one.ticket.priority > best.ticket.priority);
    let priority = best.ticket.priority;
    let appointment = best.ticket.appointment.as_ref();
    match appointment.filter(|_| priority == Priority::APPOINTMENT) {
        _ if behind.is_empty() && same.is_empty() => Why::FirstInLine,
        _ if behind.is_empty() => Why::OwnService,
        Some(appointment) => Why::Appointment { at: appointment.at },
        None => Why::Priority { priority },
    }
}

impl<'a> Desk<'a> {
    fn calls(&self, ticket: &'a Ticket, why: Why) -> Next<'a> {
        let overtook = overtaken_by(self.state, self.counter, ticket, self.now);
        Next {
            ticket,
            why,
            overtook,
        }
    }

    /// Who goes instead where `next` would overtake somebody for whom it is enough: the first of all whom
    /// it would overtake.
    fn first_overtaken_enough(&self, next: &Next<'a>) -> Option<Next<'a>> {
        if !self.overtakes_too_often(next) {
            return None;
        }
        let before = next.overtook.iter().map(|id| &self.state.tickets[id]);
        let first = before.min_by_key(|one| (one.place, one.id))?;
        Some(self.calls(first, Why::FirstInLine))
    }
}

impl Ticket {
    /// Whether staff gave it a better priority than it would have had.
    pub(crate) fn has_given_priority(&self) -> bool {
        let usual = match self.appointment {
            Some(_) => Priority::APPOINTMENT,
            None => Priority::WALK_IN,
        };
        self.priority < usual
    }

    /// Whether its agreed time, not its place alone, says when it is called.
    pub(crate) fn keeps_its_time(&self) -> bool {
        self.appointment.is_some() && self.priority == Priority::APPOINTMENT
    }
}
