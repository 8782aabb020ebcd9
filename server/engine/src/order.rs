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
//! come before it until then. Ties cannot be: no two tickets have the same place.

mod nobody;
mod skills;

use jiff::{SignedDuration, Timestamp};

pub use skills::can_serve;
use skills::{Choice, Skills, Wait, offers_all_or_nobody_does, suits};

use crate::{
    Bound, CheckInRule, ClerkKey, Counter, Line, Nobody, NobodyReason, Office, Place, Priority,
    Queue, State, Ticket, TicketId, Why,
};

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
    let favoured = today.map_or(0, |today| today.favoured);
    let due = desk.due();
    if let Some(best) = best_of(&due, office, favoured, now) {
        return Ok(best);
    }
    desk.earliest().ok_or_else(|| desk.nobody())
}

/// One counter that asks, now.
struct Desk<'a> {
    state: &'a State,
    office: &'a Office,
    counter: &'a Counter,
    clerk: Option<&'a ClerkKey>,
    now: Timestamp,
}

/// Somebody this counter can call.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    ticket: &'a Ticket,
    queue: &'a Queue,
    /// Earned so far; an absent one stands at the agreed time.
    place: Place,
    choice: Choice,
}

impl<'a> Candidate<'a> {
    fn new(ticket: &'a Ticket, queue: &'a Queue, choice: Choice) -> Self {
        let place = ticket.place;
        Self {
            ticket,
            queue,
            place,
            choice,
        }
    }
}

impl<'a> Desk<'a> {
    /// The first of each class whose time has come. Within a class nobody behind the first matters.
    fn due(&self) -> Vec<Candidate<'a>> {
        let mut due = Vec::new();
        for queue in &self.office.queues {
            let Some(line) = self.state.lines.get(&queue.key) else {
                continue;
            };
            let absent = self.absent(queue);
            if line.is_empty() && absent.is_empty() {
                continue;
            }
            let skills = Skills::of(self.office, self.counter, queue);
            for priority in Priority::ALL {
                due.extend(self.sent_here(queue, line, priority));
                if !skills.are_none() {
                    self.firsts(queue, line.free(priority), &skills, &mut due);
                    let absent = absent.iter().filter(|one| one.priority == priority);
                    let absent = absent.map(|one| (one.place, one.id));
                    self.firsts(queue, absent, &skills, &mut due);
                }
            }
        }
        due
    }

    /// The first who was sent to this counter or clerk. Skills do not matter: somebody decided.
    fn sent_here(
        &self,
        queue: &'a Queue,
        line: &'a Line,
        priority: Priority,
    ) -> Option<Candidate<'a>> {
        let sent = line.bound().map(|ticket| &self.state.tickets[&ticket]);
        let mine = sent.filter(|ticket| self.is_meant(ticket) && self.is_back(ticket));
        let due = mine.filter(|ticket| ticket.place.at <= self.now);
        let class = due.filter(|ticket| ticket.priority == priority);
        let first = class.min_by_key(|ticket| ticket.place)?;
        Some(Candidate::new(first, queue, Choice::Own))
    }

    /// Where nobody reports, an appointment is as good as here from its time on.
    fn absent(&self, queue: &Queue) -> Vec<&'a Ticket> {
        if queue.rules.check_in == CheckInRule::Required {
            return Vec::new();
        }
        let booked = self.state.booked(&queue.key);
        let due = booked.take_while(|ticket| ticket.place.at <= self.now);
        due.collect()
    }

    fn firsts(
        &self,
        queue: &'a Queue,
        class: impl Iterator<Item = (Place, TicketId)>,
        skills: &Skills<'_>,
        due: &mut Vec<Candidate<'a>>,
    ) {
        let mut helped_out = false;
        for (_, ticket) in class.take_while(|(place, _)| place.at <= self.now) {
            let ticket = &self.state.tickets[&ticket];
            let Some(choice) = skills.choice(ticket) else {
                continue;
            };
            if (choice == Choice::HelpsOut && helped_out) || !self.is_free(ticket) {
                continue;
            }
            due.push(Candidate::new(ticket, queue, choice));
            if choice == Choice::Own || skills.own.is_empty() {
                return;
            }
            helped_out = true;
        }
    }

    /// Who is here before the agreed time, while nobody else can be called: no counter stands idle
    /// in front of people.
    fn earliest(&self) -> Option<(&'a Ticket, Why)> {
        let waiting = self.office.queues.iter().flat_map(|queue| {
            let skills = Skills::of(self.office, self.counter, queue);
            let line = self.state.line(&queue.key);
            line.filter(move |ticket| ticket.bound.is_some() || skills.choice(ticket).is_some())
        });
        let free = waiting.filter(|ticket| match &ticket.bound {
            Some(_) => self.is_meant(ticket) && self.is_back(ticket),
            None => self.is_free(ticket),
        });
        let first = free.min_by_key(|ticket| ticket.place)?;
        let at = first.place.at;
        Some((first, Why::EarlyAppointment { at }))
    }

    /// Not away, needs nothing that another counter has, and is not kept for one that offers more.
    fn is_free(&self, ticket: &Ticket) -> bool {
        let wait = self.wait(ticket);
        self.is_back(ticket)
            && suits(self.state, self.counter, ticket, wait)
            && offers_all_or_nobody_does(self.state, self.counter, ticket, wait)
    }

    fn wait(&self, ticket: &Ticket) -> Wait {
        let queue = self.office.queue(&ticket.queue);
        if queue.is_some_and(|queue| is_overdue(queue, ticket.place, self.now)) {
            Wait::TooLong
        } else {
            Wait::Bearable
        }
    }

    fn is_back(&self, ticket: &Ticket) -> bool {
        let pause = ticket.state.pause();
        pause.is_none_or(|pause| pause.until <= self.now)
    }

    fn is_meant(&self, ticket: &Ticket) -> bool {
        match &ticket.bound {
            None => true,
            Some(Bound::Counter(counter)) => *counter == self.counter.key,
            Some(Bound::Clerk(clerk)) => self.clerk == Some(clerk),
        }
    }
}

/// The rules in their order. `due` holds the first of each class.
fn best_of<'a>(
    due: &[Candidate<'a>],
    office: &Office,
    favoured: u32,
    now: Timestamp,
) -> Option<(&'a Ticket, Why)> {
    let overdue = due
        .iter()
        .filter(|one| is_overdue(one.queue, one.place, now));
    if let Some(one) = overdue.min_by_key(|one| one.place) {
        let why = Why::Overdue {
            waited_min: waited_min(one.place, now),
            max_wait_min: one.queue.rules.max_wait_min,
        };
        return Some((one.ticket, why));
    }
    let best = due
        .iter()
        .min_by_key(|one| (one.ticket.priority, one.choice, one.place))?;
    let others = due
        .iter()
        .filter(|one| one.ticket.priority > best.ticket.priority);
    if let Some(other) = others.min_by_key(|one| one.place)
        && favoured >= office.rules.favoured_in_a_row
        && other.place < best.place
    {
        return Some((other.ticket, Why::TurnOfOthers { after: favoured }));
    }
    Some((best.ticket, why(best, due)))
}

/// By which rule the best one goes before those who wait longer.
fn why(best: &Candidate<'_>, due: &[Candidate<'_>]) -> Why {
    let longer = |one: &&Candidate<'_>| one.place < best.place;
    let (behind, same) = due
        .iter()
        .filter(longer)
        .partition::<Vec<&Candidate<'_>>, _>(|one| one.ticket.priority > best.ticket.priority);
    match (&best.ticket.appointment, behind.is_empty(), same.is_empty()) {
        (_, true, true) => Why::FirstInLine,
        (_, true, false) => Why::OwnService,
        (Some(appointment), false, _) if best.ticket.priority == Priority::APPOINTMENT => {
            Why::Appointment { at: appointment.at }
        }
        (_, false, _) => Why::Priority {
            priority: best.ticket.priority,
        },
    }
}

fn is_overdue(queue: &Queue, place: Place, now: Timestamp) -> bool {
    waited_min(place, now) >= queue.rules.max_wait_min
}

/// Whole minutes since a place was earned.
fn waited_min(place: Place, now: Timestamp) -> u32 {
    let waited = now.duration_since(place.at).max(SignedDuration::ZERO);
    u32::try_from(waited.as_secs() / 60).unwrap_or(u32::MAX)
}
