//! Who is next for a counter, and by which rule. The slotting into gaps will build on this one place.
//!
//! Of those whom the counter can take now:
//! 1. who has waited longer than the queue's maximum, the longest first;
//! 2. after `favoured_in_a_row` calls that put others before: who waits longest behind the best class;
//! 3. the best priority; in it the counter's own services before those it helps out with; in these
//!    the earliest place;
//! 4. if nobody is due: who is here before the agreed time, the earliest first.
//!
//! An appointment stands in the line from its agreed time on, with a priority of its own: walk-ins
//! come before it until then. Of equal places the smaller id comes first: nothing is left to chance.

mod skills;
mod survey;

use jiff::Timestamp;

pub use skills::can_serve;
use survey::{Candidate, Desk, Survey};

use crate::{Counter, Nobody, NobodyReason, Place, Priority, State, Ticket, TicketId, Why};

/// The next one for `counter` at `now`, with the reason.
///
/// # Errors
/// [`Nobody`]: why nobody can be called, and who could be when.
pub fn next_ticket<'a>(
    state: &'a State,
    counter: &'a Counter,
    now: Timestamp,
) -> Result<(&'a Ticket, Why), Nobody> {
    let Some(office) = state.office() else {
        return Err(NobodyReason::NobodyWaiting.into());
    };
    let today = state.counter(&counter.key);
    let desk = Desk {
        state,
        office,
        counter,
        clerk: today.and_then(|today| today.clerk.as_ref()),
        now,
    };
    let survey = desk.survey();
    if let Some(overdue) = survey.overdue {
        let why = Why::Overdue {
            waited_min: overdue.waited_min(now),
            max_wait_min: overdue.queue.rules.max_wait_min,
        };
        return Ok((overdue.ticket, why));
    }
    let favoured = today.map_or(0, |today| today.favoured);
    let turn_of_others = favoured >= office.rules.favoured_in_a_row;
    if let Some(other) = other_in_turn(&survey).filter(|_| turn_of_others) {
        return Ok((other.ticket, Why::TurnOfOthers { after: favoured }));
    }
    if let Some(best) = best_of(&survey) {
        return Ok((best.ticket, why(best, &survey.due)));
    }
    let early = survey.early.map(|ticket| {
        let at = ticket.place.at;
        (ticket, Why::EarlyAppointment { at })
    });
    early.ok_or(survey.nobody)
}

fn place(one: &Candidate<'_>) -> (Place, TicketId) {
    (one.ticket.place, one.ticket.id)
}

fn best_of<'s, 'a>(survey: &'s Survey<'a>) -> Option<&'s Candidate<'a>> {
    let due = survey.due.iter();
    due.min_by_key(|one| (one.ticket.priority, one.choice, place(one)))
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
