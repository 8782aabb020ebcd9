//! Appointments and walk-ins of one counter, handed to the rule that slots them in.

use jiff::{SignedDuration, Timestamp};

use super::Next;
use super::place;
use super::skills::Choice;
use super::survey::{Candidate, Desk, Survey};
use crate::learned::Figures;
use crate::line::Class;
use crate::slotting::{self, Because, Kind, Rule};
use crate::{Nobody, Place, ServiceKey, Ticket, TicketId, Why};

/// Those whom the rule chooses from, and what it needs to know of them.
pub(super) struct Slotting<'s, 'a> {
    pub(super) rule: Rule,
    pub(super) figures: Figures,
    people: Vec<&'s Candidate<'a>>,
    pub(super) candidates: Vec<slotting::Candidate<(Place, TicketId)>>,
}

impl<'a> Desk<'a> {
    /// The one whom the rule chooses, or that the counter is held back; none where nobody is due.
    pub(super) fn slot(&self, survey: &Survey<'a>) -> Option<Result<Next<'a>, Nobody>> {
        let people = self.in_question(survey);
        if people.is_empty() {
            return None;
        }
        if let [only] = people.as_slice()
            && self.needs_no_weighing(only, survey)
        {
            return Some(Ok(self.calls(only.ticket, why_alone(only, self, survey))));
        }
        let mut slotting = self.weighed(people);
        let mut found = slotting.rule.choose(&slotting.candidates)?;
        let mut next = self.calls(slotting.people[found.candidate].ticket, Why::FirstInLine);
        if self.overtakes_too_often(&next) {
            slotting.keep_first_walk_in();
            found = slotting.rule.choose(&slotting.candidates)?;
            next = self.calls(slotting.people[found.candidate].ticket, Why::FirstInLine);
        }
        let chosen = slotting.people[found.candidate];
        let is_walk_in = slotting.candidates[found.candidate].is_walk_in();
        if is_walk_in && let Some(held) = self.held(&slotting, found.candidate, survey.waiting) {
            return Some(Err(held));
        }
        next.why = match found.because {
            Because::First | Because::Appointment => why_alone(chosen, self, survey),
            Because::Better => Why::ShorterFirst {
                overtaken: u32::try_from(next.overtook.len()).unwrap_or(u32::MAX),
            },
            Because::FitsBefore { appointment } => Why::FitsBefore {
                at: agreed(slotting.people[appointment].ticket),
            },
        };
        Some(Ok(next))
    }

    /// The first of each class who is due, of the counter's own services as long as there is one; and
    /// appointments that are soon due.
    fn in_question<'s>(&self, survey: &'s Survey<'a>) -> Vec<&'s Candidate<'a>> {
        let walk_ins = || survey.due.iter().filter(|one| !one.ticket.keeps_its_time());
        let choice = walk_ins().map(|one| one.choice).min();
        let walk_ins = walk_ins().filter(|one| Some(one.choice) == choice);
        let due = survey.due.iter().filter(|one| one.ticket.keeps_its_time());
        let soon = survey.early.iter().filter(|one| {
            let early = SignedDuration::from_mins(i64::from(one.queue.rules.early_call_min));
            one.ticket.keeps_its_time() && one.ticket.place.at.duration_since(self.now) <= early
        });
        walk_ins.chain(due).chain(soon).collect()
    }

    /// A single one has nobody to be weighed against; only for a walk-in's sake a counter is held.
    fn needs_no_weighing(&self, only: &Candidate<'_>, survey: &Survey<'_>) -> bool {
        only.ticket.keeps_its_time() && survey.due.len() == 1 || !self.can_hold()
    }

    fn weighed<'s>(&self, people: Vec<&'s Candidate<'a>>) -> Slotting<'s, 'a> {
        let figures = Figures::of(self.state, self.office, self.now);
        let rule = Rule {
            leaving: figures.leaving,
            overtaken_at_most: self.office.rules.overtaken_at_most,
            in_vain_secs: figures.in_vain_secs,
        };
        let relief = self.relief(&figures);
        let mut groups: Vec<&[ServiceKey]> = Vec::new();
        let candidates = people.iter().map(|one| {
            let services = one.ticket.services.as_slice();
            let group = groups.iter().position(|known| *known == services);
            let group = group.unwrap_or_else(|| {
                groups.push(services);
                groups.len() - 1
            });
            slotting::Candidate {
                place: place(one),
                kind: self.kind(one, || relief.secs(self, one.ticket)),
                group,
                work_secs: self.work_secs(&figures, one.ticket),
            }
        });
        let candidates = candidates.collect();
        Slotting {
            rule,
            figures,
            people,
            candidates,
        }
    }

    fn kind(&self, one: &Candidate<'_>, relief_secs: impl FnOnce() -> f64) -> Kind {
        if one.ticket.keeps_its_time() {
            return Kind::Appointment {
                due_secs: one.ticket.place.at.duration_since(self.now).as_secs_f64(),
                relief_secs: relief_secs(),
            };
        }
        Kind::WalkIn {
            waited_secs: self.now.duration_since(one.waits_since).as_secs_f64(),
            overtaken: one.ticket.overtaken,
        }
    }

    /// What this counter does of the visit, in seconds.
    pub(super) fn work_secs(&self, figures: &Figures, ticket: &Ticket) -> f64 {
        let here = |key: &&ServiceKey| self.counter.skills.contains(*key);
        let mut offered = ticket.services.iter().filter(here).peekable();
        if offered.peek().is_some() {
            figures.work_secs(offered)
        } else {
            figures.work_secs(ticket.head())
        }
    }

    /// Whether somebody would be overtaken for whom it is enough.
    pub(super) fn overtakes_too_often(&self, next: &Next<'_>) -> bool {
        let most = self.office.rules.overtaken_at_most;
        let tickets = next.overtook.iter().map(|id| &self.state.tickets[id]);
        tickets.into_iter().any(|one| one.overtaken >= most)
    }

    /// When other counters are free, as far as anybody knows.
    pub(super) fn relief(&self, figures: &Figures) -> Relief<'a> {
        let others = self.office.counters.iter();
        let others = others.filter(|other| other.key != self.counter.key);
        let free_in = others.filter_map(|other| {
            let today = self.state.counter(&other.key)?;
            if !today.is_open() {
                return None;
            }
            let running = today.running.and_then(|id| self.state.ticket(id));
            let Some(running) = running else {
                return Some((other, slotting::FREE_COUNTER_SECS));
            };
            let work = figures.work_secs(running.head());
            let lasted = self.now.duration_since(running.since).as_secs_f64();
            Some((other, slotting::left_secs(work, lasted)))
        });
        Relief {
            free_in: free_in.collect(),
        }
    }
}

impl Slotting<'_, '_> {
    /// Since when the first of the walk-ins waits.
    pub(super) fn walk_ins_wait_since(&self) -> Option<Timestamp> {
        let people = self.people.iter().zip(&self.candidates);
        let walk_ins = people.filter(|(_, one)| one.is_walk_in());
        walk_ins.map(|(person, _)| person.waits_since).min()
    }

    /// Somebody would be overtaken for whom it is enough: of the walk-ins only the first may go.
    fn keep_first_walk_in(&mut self) {
        let walk_ins = self.candidates.iter().filter(|one| one.is_walk_in());
        let first = walk_ins.map(|one| one.place).min();
        let candidates = std::mem::take(&mut self.candidates);
        let all = std::mem::take(&mut self.people).into_iter().zip(candidates);
        let stay = all.filter(|(_, one)| !one.is_walk_in() || Some(one.place) == first);
        (self.people, self.candidates) = stay.unzip();
    }
}

/// The other counters that call people, and in how many seconds each is free.
pub(super) struct Relief<'a> {
    free_in: Vec<(&'a crate::Counter, f64)>,
}

impl Relief<'_> {
    /// In how many seconds another counter can take `ticket`.
    pub(super) fn secs(&self, desk: &Desk<'_>, ticket: &Ticket) -> f64 {
        let class = Class::of(ticket);
        let asked = super::Asked {
            state: desk.state,
            office: desk.office,
            queue: &ticket.queue,
            class: &class,
        };
        let fit = self.free_in.iter().filter(|(other, _)| {
            class.bound.is_none() && asked.takes(other) && asked.fits(other, super::Wait::Bearable)
        });
        fit.map(|(_, secs)| *secs).fold(f64::INFINITY, f64::min)
    }
}

/// The time that was agreed: who came late stands at another one.
fn agreed(ticket: &Ticket) -> Timestamp {
    let appointment = ticket.appointment.as_ref();
    appointment.map_or(ticket.place.at, |appointment| appointment.at)
}

/// Why somebody goes who was put before nobody for being quick.
fn why_alone(one: &Candidate<'_>, desk: &Desk<'_>, survey: &Survey<'_>) -> Why {
    let at = one.ticket.place.at;
    if at > desk.now {
        return Why::EarlyAppointment { at };
    }
    let longer = || survey.due.iter().filter(|other| place(other) < place(one));
    if one.ticket.keeps_its_time() {
        return if longer().any(|other| !other.ticket.keeps_its_time()) {
            let at = agreed(one.ticket);
            Why::Appointment { at }
        } else {
            Why::FirstInLine
        };
    }
    let helped_out =
        |other: &Candidate<'_>| !other.ticket.keeps_its_time() && other.choice == Choice::HelpsOut;
    if one.choice == Choice::Own && longer().any(helped_out) {
        Why::OwnService
    } else {
        Why::FirstInLine
    }
}
