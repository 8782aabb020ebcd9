//! One look over all lines for one counter: who could be called, and what keeps the others.

use jiff::{SignedDuration, Timestamp};

use super::skills::{Asked, Choice, Skills, Wait};
use crate::line::{Class, Members};
use crate::{
    Bound, CheckInRule, ClerkKey, Counter, Nobody, NobodyReason, Office, Queue, State, Ticket,
};

/// One counter that asks, now.
pub(crate) struct Desk<'a> {
    pub(super) state: &'a State,
    pub(super) office: &'a Office,
    pub(super) counter: &'a Counter,
    pub(super) clerk: Option<&'a ClerkKey>,
    pub(super) now: Timestamp,
}

/// Somebody this counter can call.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) ticket: &'a Ticket,
    pub(super) queue: &'a Queue,
    pub(super) choice: Choice,
    /// From when on the wait counts that nobody shall bear longer than the queue's maximum.
    pub(super) waits_since: Timestamp,
}

/// What one look over the lines finds.
pub(super) struct Survey<'a> {
    /// The first of each class whose time has come. Within a class nobody behind the first matters.
    pub(super) due: Vec<Candidate<'a>>,
    /// Who of all has waited longest, and longer than the maximum.
    pub(super) overdue: Option<Candidate<'a>>,
    /// The first of each class whose agreed time has not come.
    pub(super) early: Vec<Candidate<'a>>,
    /// Whether staff put somebody of all who are due before others.
    pub(super) has_given: bool,
    /// How many wait whom the counter takes.
    pub(super) waiting: usize,
    pub(super) nobody: Nobody,
}

/// Whether the counter takes people of a class.
#[derive(Clone, Copy)]
pub(crate) enum Stance {
    Takes(Choice),
    /// Another counter shall; but who has waited too long for it is called here.
    TakesOverdue(Choice),
    Leaves(NobodyReason),
}

impl<'a> Desk<'a> {
    pub(super) fn survey(&self) -> Survey<'a> {
        let mut survey = Survey {
            due: Vec::new(),
            overdue: None,
            early: Vec::new(),
            has_given: false,
            waiting: 0,
            nobody: Nobody::from(NobodyReason::NobodyWaiting),
        };
        for queue in &self.office.queues {
            let line = self.state.lines.get(&queue.key);
            let calls_absent = queue.rules.check_in == CheckInRule::None;
            if line.is_none_or(crate::Line::is_empty) && !calls_absent {
                continue;
            }
            let skills = Skills::of(self.office, self.counter, queue);
            for (class, members) in line.into_iter().flat_map(crate::Line::classes) {
                let stance = self.stance(queue, class, &skills);
                self.look_at(queue, members, stance, &mut survey);
            }
            if calls_absent {
                self.look_for_absent(queue, &skills, &mut survey);
            }
        }
        survey
    }

    pub(crate) fn stance(&self, queue: &Queue, class: &Class, skills: &Skills<'_>) -> Stance {
        let bound = class.bound.as_ref();
        if bound.is_some_and(|bound| self.is_meant(bound)) {
            // Skills do not matter: somebody decided.
            return Stance::Takes(Choice::Own);
        }
        let Some(choice) = skills.choice(class) else {
            return Stance::Leaves(NobodyReason::OtherSkills);
        };
        let asked = Asked {
            state: self.state,
            office: self.office,
            queue: &queue.key,
            class,
        };
        let is_awaited = bound.is_some_and(|bound| self.is_open(bound));
        if bound.is_none() && asked.fits(self.counter, Wait::Bearable) {
            Stance::Takes(choice)
        } else if !is_awaited && asked.fits(self.counter, Wait::TooLong) {
            Stance::TakesOverdue(choice)
        } else {
            Stance::Leaves(NobodyReason::OtherCounter)
        }
    }

    fn is_meant(&self, bound: &Bound) -> bool {
        match bound {
            Bound::Counter(counter) => *counter == self.counter.key,
            Bound::Clerk(clerk) => self.clerk == Some(clerk),
        }
    }

    /// Whether the one whom a transfer was for calls people now.
    fn is_open(&self, bound: &Bound) -> bool {
        let counter = match bound {
            Bound::Counter(counter) => Some(counter),
            Bound::Clerk(clerk) => self.state.counter_of(clerk),
        };
        let today = counter.and_then(|counter| self.state.counter(counter));
        today.is_some_and(crate::CounterState::is_open)
    }

    fn look_at(
        &self,
        queue: &'a Queue,
        members: &Members,
        stance: Stance,
        survey: &mut Survey<'a>,
    ) {
        let (choice, is_free) = match stance {
            Stance::Takes(choice) => (choice, true),
            Stance::TakesOverdue(choice) => (choice, false),
            Stance::Leaves(reason) => return survey.nobody.because(reason),
        };
        let mut first_is_found = !is_free;
        if is_free {
            survey.waiting += members.len();
        }
        for (place, ticket) in members {
            let is_early = place.at > self.now;
            if first_is_found && (is_early || !self.can_be_overdue(queue, place.at)) {
                break;
            }
            let ticket = &self.state.tickets[ticket];
            let candidate = Candidate::new(ticket, queue, choice);
            if let Some(pause) = ticket.state.pause().filter(|pause| pause.until > self.now) {
                if is_free || self.is_overdue(&candidate) {
                    survey.nobody.because(NobodyReason::AllPaused);
                    survey.nobody.could_be(ticket, pause.until);
                }
                continue;
            }
            if is_early {
                survey.early.push(candidate);
                break;
            }
            if !first_is_found {
                survey.has_given |= self.has_given(ticket, members);
                survey.due.push(candidate);
                first_is_found = true;
            }
            if self.is_overdue(&candidate) {
                survey.take_overdue(candidate);
            }
        }
        if !is_free {
            survey.nobody.because(NobodyReason::OtherCounter);
        }
    }

    /// Where nobody reports, an appointment is as good as here from its time on.
    fn look_for_absent(&self, queue: &'a Queue, skills: &Skills<'_>, survey: &mut Survey<'a>) {
        for ticket in self.state.booked(&queue.key) {
            let (choice, is_free) = match self.stance(queue, &Class::of(ticket), skills) {
                Stance::Takes(choice) => (choice, true),
                Stance::TakesOverdue(choice) => (choice, false),
                Stance::Leaves(_) => continue,
            };
            if ticket.place.at > self.now {
                if is_free {
                    survey.nobody.could_be(ticket, ticket.place.at);
                    return;
                }
                continue;
            }
            let candidate = Candidate::new(ticket, queue, choice);
            if self.is_overdue(&candidate) {
                survey.take_overdue(candidate);
            }
            if is_free {
                survey.has_given |= ticket.has_given_priority();
                // They stand by agreed time, not by place: the first of them may come later.
                survey.due.push(candidate);
            }
        }
    }

    /// Whether staff put somebody of this class before others, the first one or, where that has an
    /// appointment, one behind.
    fn has_given(&self, first: &Ticket, members: &Members) -> bool {
        let mut due = members.iter().take_while(|(place, _)| place.at <= self.now);
        let is_here = |ticket: &Ticket| ticket.state.pause().is_none_or(|p| p.until <= self.now);
        let is_given = |ticket: &Ticket| ticket.has_given_priority() && is_here(ticket);
        first.has_given_priority()
            || first.keeps_its_time() && due.any(|(_, id)| is_given(&self.state.tickets[id]))
    }

    /// A wait never began before the place was earned: who comes behind this one cannot be overdue.
    fn can_be_overdue(&self, queue: &Queue, place_at: Timestamp) -> bool {
        minutes_between(place_at, self.now) >= queue.rules.max_wait_min
    }

    fn is_overdue(&self, candidate: &Candidate<'_>) -> bool {
        candidate.waited_min(self.now) >= candidate.queue.rules.max_wait_min
    }
}

impl<'a> Candidate<'a> {
    fn new(ticket: &'a Ticket, queue: &'a Queue, choice: Choice) -> Self {
        Self {
            ticket,
            queue,
            choice,
            waits_since: waits_since(ticket),
        }
    }

    /// Whole minutes of waiting up to `now`.
    pub(super) fn waited_min(&self, now: Timestamp) -> u32 {
        minutes_between(self.waits_since, now)
    }
}

/// Who comes late has not waited before, who lost places waits from the place that is left, and the
/// time at counters is no wait.
fn waits_since(ticket: &Ticket) -> Timestamp {
    let place = ticket.place.at;
    let began = ticket.waits_from().map_or(place, |from| from.max(place));
    let served = SignedDuration::from_millis(i64::try_from(ticket.served_ms).unwrap_or(i64::MAX));
    began.saturating_add(served).unwrap_or(Timestamp::MAX)
}

fn minutes_between(from: Timestamp, to: Timestamp) -> u32 {
    let between = to.duration_since(from).max(SignedDuration::ZERO);
    u32::try_from(between.as_secs() / 60).unwrap_or(u32::MAX)
}

impl<'a> Survey<'a> {
    fn take_overdue(&mut self, candidate: Candidate<'a>) {
        let key = |one: &Candidate<'_>| (one.waits_since, one.ticket.place, one.ticket.id);
        if self
            .overdue
            .is_none_or(|longest| key(&candidate) < key(&longest))
        {
            self.overdue = Some(candidate);
        }
    }
}

impl Nobody {
    /// The reason that a clerk can do most with is told.
    fn because(&mut self, reason: NobodyReason) {
        if weight(&reason) > weight(&self.reason) {
            self.reason = reason;
        }
    }

    fn could_be(&mut self, ticket: &Ticket, from: Timestamp) {
        if self.next.is_none_or(|(_, earlier)| from < earlier) {
            self.next = Some((ticket.id, from));
        }
    }
}

fn weight(reason: &NobodyReason) -> u8 {
    match reason {
        NobodyReason::NobodyWaiting => 0,
        NobodyReason::OtherSkills => 1,
        NobodyReason::OtherCounter => 2,
        NobodyReason::AllPaused => 3,
        NobodyReason::Held
        | NobodyReason::CounterClosed
        | NobodyReason::CounterPaused
        | NobodyReason::VisitRunning(_) => 4,
    }
}
