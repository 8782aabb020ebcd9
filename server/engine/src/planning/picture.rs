//! What the plan needs of a state: figures, small and safe to hand to another thread.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::staff::{self, Staff};
use crate::learned::{Figures, STRETCH_SECS, STRETCHES, count, stretch};
use crate::line::Class;
use crate::order::{Choice, Skills, Stance, desk_of};
use crate::slotting::Rule;
use crate::{
    CheckInRule, CounterKey, CounterMode, Office, Priority, Queue, ServiceKey, State, Ticket,
    TicketId, TicketState,
};

/// The office at one moment. Times in it are seconds after that moment.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(super) at: Timestamp,
    pub(super) rule: Rule,
    pub(super) figures: Figures,
    pub(super) favoured_in_a_row: u32,
    pub(super) kinds: Vec<Kind>,
    pub(super) desks: Vec<Desk>,
    pub(super) people: Vec<Person>,
    pub(super) newcomers: Vec<Newcomer>,
}

/// People who are alike for the plan: they are called by the same counters for the same work.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    pub(super) rank: Rank,
    /// People for the same services go by their places.
    pub(super) group: usize,
    /// The desks that take them.
    pub(super) taken_by: Vec<usize>,
    /// The expected length of the visit.
    pub(super) work_secs: f64,
    /// From how many visits of today it is known.
    pub(super) known_from: f64,
    /// How long before its time an appointment can be called while walk-ins wait.
    pub(super) early_secs: i64,
    pub(super) max_wait_secs: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Staff put them before others.
    Given(Priority),
    Appointment,
    WalkIn,
}

/// One counter.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    pub(super) counter: CounterKey,
    /// The kinds that it takes, and how.
    pub(super) takes: Vec<(usize, Choice)>,
    /// When it calls people, from when to when.
    pub(super) calls: Vec<(i64, i64)>,
    /// Whether shifts say when; else nobody knows whether it opens.
    pub(super) is_planned: bool,
    pub(super) is_paused: bool,
    pub(super) busy: Option<Busy>,
    pub(super) favoured: u32,
}

/// A visit that runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Busy {
    pub(super) ticket: TicketId,
    /// Before the picture: 0 or less.
    pub(super) since: i64,
    pub(super) work_secs: f64,
}

/// One who waits, or has an appointment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) ticket: TicketId,
    pub(super) kind: usize,
    /// Who comes before whom.
    pub(super) place: i64,
    /// The agreed time, or that of the place.
    pub(super) at: i64,
    /// From when on the person waits.
    pub(super) since: i64,
    pub(super) overtaken: u32,
    pub(super) presence: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Here,
    /// Comes back then.
    Away {
        until: i64,
    },
    /// Has an appointment and is not here yet.
    Expected,
    /// Has an appointment; nobody reports, so it is called from its time on.
    Unreported,
}

impl Person {
    pub(super) fn is_here(&self) -> bool {
        self.presence == Presence::Here
    }
}

/// What can be asked for at the kiosk, and how often it is.
#[derive(Debug, Clone)]
pub(super) struct Newcomer {
    pub(super) service: ServiceKey,
    pub(super) kind: usize,
    /// Until when the last visit has to be over; none: whoever has a ticket is served.
    pub(super) ends: Option<i64>,
    /// Until when tickets are given.
    pub(super) closes: Option<i64>,
    /// How many come in a second, from then on: by stretches of the day.
    pub(super) rates: Vec<(i64, f64)>,
}

/// Places are seconds and a number within them.
pub(super) const PLACES: i64 = 1 << 20;
/// Recent arrivals are those of so many seconds.
const RECENT_SECS: i64 = 2_400;
/// What is usual weighs as much as so many seconds of today.
const USUAL_SECS: f64 = 1_200.0;

impl Picture {
    /// Takes the picture of `state` at `now`.
    pub fn of(state: &State, now: Timestamp) -> Self {
        let nobody = Office::default();
        let office = state.office().map_or(&nobody, |office| &**office);
        let figures = Figures::of(state, office, now);
        let mut taking = Taking {
            state,
            office,
            now,
            kinds: Vec::new(),
            known: BTreeMap::new(),
            groups: Vec::new(),
            figures: &figures,
        };
        let newcomers = taking.newcomers();
        let people = taking.people();
        let desks = taking.desks();
        let mut kinds = taking.kinds;
        for (number, desk) in desks.iter().enumerate() {
            for (kind, _) in &desk.takes {
                kinds[*kind].taken_by.push(number);
            }
        }
        Self {
            at: now,
            rule: Rule {
                leaving: figures.leaving,
                overtaken_at_most: office.rules.overtaken_at_most,
                in_vain_secs: figures.in_vain_secs,
            },
            favoured_in_a_row: office.rules.favoured_in_a_row,
            figures,
            kinds,
            desks,
            people,
            newcomers,
        }
    }

    /// The instant so many seconds after the picture.
    pub(super) fn instant(&self, secs: i64) -> Timestamp {
        let later = self.at.saturating_add(SignedDuration::from_secs(secs));
        later.unwrap_or(Timestamp::MAX)
    }
}

struct Taking<'a> {
    state: &'a State,
    office: &'a Office,
    now: Timestamp,
    kinds: Vec<Kind>,
    /// The kind of each class, by whether it keeps an agreed time.
    known: BTreeMap<(&'a crate::QueueKey, Class, Rank), usize>,
    groups: Vec<Vec<ServiceKey>>,
    figures: &'a Figures,
}

impl<'a> Taking<'a> {
    fn secs(&self, at: Timestamp) -> i64 {
        at.duration_since(self.now).as_secs()
    }

    fn kind(&mut self, queue: &'a Queue, class: Class, rank: Rank) -> usize {
        let key = (&queue.key, class, rank);
        if let Some(kind) = self.known.get(&key) {
            return *kind;
        }
        let services = &key.1.services;
        let known = self.groups.iter().position(|group| group == services);
        let group = known.unwrap_or_else(|| {
            self.groups.push(services.clone());
            self.groups.len() - 1
        });
        let seen = services.iter().map(|service| self.figures.visits(service));
        self.kinds.push(Kind {
            rank,
            group,
            taken_by: Vec::new(),
            work_secs: self.figures.work_secs(services),
            known_from: seen.fold(f64::INFINITY, f64::min),
            early_secs: i64::from(queue.rules.early_call_min) * 60,
            max_wait_secs: i64::from(queue.rules.max_wait_min) * 60,
        });
        let kind = self.kinds.len() - 1;
        self.known.insert(key, kind);
        kind
    }

    fn newcomers(&mut self) -> Vec<Newcomer> {
        let office = self.office;
        let services = office.services.iter().filter_map(|service| {
            let queue = office.queue(&service.queue)?;
            let class = Class::of_newcomer(&service.key);
            let kind = self.kind(queue, class, Rank::WalkIn);
            let closing = self.state.closing_of(&queue.key);
            let overtime = queue.rules.overtime_min.map(|min| i64::from(min) * 60);
            let closes = closing.map(|at| self.secs(at));
            Some(Newcomer {
                service: service.key.clone(),
                kind,
                ends: closes
                    .zip(overtime)
                    .map(|(closes, overtime)| closes + overtime),
                closes: closes
                    .map(|closes| closes - i64::from(queue.rules.last_ticket_before_min) * 60),
                rates: self.rates(&service.key),
            })
        });
        services.collect()
    }

    /// How many come in a second: as many as of late, for the rest of the day as it usually goes.
    fn rates(&self, service: &ServiceKey) -> Vec<(i64, f64)> {
        let Some(day) = self.state.day() else {
            return Vec::new();
        };
        let now = stretch(self.now, day.ends_at);
        let recent = self.recent(service, day);
        let usual = |at: u16| {
            let days = count(day.learned.days);
            let came = day.learned.arrivals.get(service)?;
            let around = [at.saturating_sub(1), at, at.saturating_add(1)];
            let came = around.iter().filter_map(|at| came.get(at));
            let came: f64 = came.map(|came| count(*came)).sum();
            (days > 0.5).then(|| came / 3.0 / days / STRETCH_LENGTH)
        };
        let usual_now = usual(now);
        let since = |at: u16| {
            let left = i64::from(STRETCHES.saturating_sub(at)) * STRETCH_SECS;
            self.secs(day.ends_at) - left
        };
        let rate = |at: u16| match (usual(at), usual_now) {
            (Some(usual), Some(usual_now)) => {
                let today = (recent + usual_now * 0.5) / (usual_now * 1.5).max(1e-9);
                usual * today.clamp(0.3, 3.0)
            }
            _ => recent,
        };
        (now..STRETCHES).map(|at| (since(at), rate(at))).collect()
    }

    /// Arrivals in a second, over the last stretches of the day.
    fn recent(&self, service: &ServiceKey, day: &crate::Day) -> f64 {
        let now = stretch(self.now, day.ends_at);
        let first = now.saturating_sub(STRETCHES_BACK);
        let of_service = self.state.today.arrivals.get(service);
        let came = of_service.map_or(0.0, |came| {
            came.range(first..=now).map(|(_, came)| count(*came)).sum()
        });
        let into = STRETCH_SECS - self.secs(day.ends_at).rem_euclid(STRETCH_SECS);
        let watched = i64::from(now - first) * STRETCH_SECS + into;
        let opened = self.state.today.first_arrival().map_or(now, |first| first);
        let since_opening = i64::from(now.saturating_sub(opened)) * STRETCH_SECS + into;
        let secs = float(
            watched
                .min(since_opening)
                .clamp(1, RECENT_SECS + STRETCH_SECS),
        );
        came / (secs + USUAL_SECS / 2.0)
    }

    fn people(&mut self) -> Vec<Person> {
        let office = self.office;
        let mut people: Vec<(crate::Place, TicketId, Person)> = Vec::new();
        for queue in &office.queues {
            let line = self.state.line(&queue.key);
            let booked = self.state.booked(&queue.key);
            for ticket in line.chain(booked) {
                let person = self.person(queue, ticket);
                people.push((ticket.place, ticket.id, person));
            }
        }
        people.sort_unstable_by_key(|(place, ticket, _)| (*place, *ticket));
        let numbered = (0_i64..)
            .zip(people)
            .map(|(number, (_, _, person))| Person {
                place: person.at * PLACES + number.min(PLACES / 2),
                ..person
            });
        numbered.collect()
    }

    fn person(&mut self, queue: &'a Queue, ticket: &'a Ticket) -> Person {
        let rank = match ticket {
            given if given.has_given_priority() => Rank::Given(given.priority),
            kept if kept.keeps_its_time() => Rank::Appointment,
            _ => Rank::WalkIn,
        };
        let kind = self.kind(queue, Class::of(ticket), rank);
        let at = self.secs(ticket.place.at);
        let paused = ticket.state.pause().map(|pause| self.secs(pause.until));
        let presence = match paused {
            Some(until) if until > 0 => Presence::Away { until },
            _ if ticket.state != TicketState::Booked => Presence::Here,
            _ if queue.rules.check_in == CheckInRule::None => Presence::Unreported,
            _ => Presence::Expected,
        };
        Person {
            ticket: ticket.id,
            kind,
            place: 0,
            at,
            since: ticket
                .waits_from()
                .map_or(at, |from| self.secs(from))
                .max(at),
            overtaken: ticket.overtaken,
            presence,
        }
    }

    fn desks(&self) -> Vec<Desk> {
        let staff = Staff {
            state: self.state,
            office: self.office,
            now: self.now,
        };
        let mut desks: Vec<Desk> = Vec::new();
        for counter in &self.office.counters {
            let today = self.state.counter(&counter.key);
            let running = today.and_then(|today| self.state.ticket(today.running?));
            desks.push(Desk {
                counter: counter.key.clone(),
                takes: self.takes(counter),
                calls: staff.calls(counter),
                is_planned: counter.shifts.is_some(),
                is_paused: today.is_some_and(|today| today.mode == CounterMode::Paused),
                busy: running.map(|ticket| self.busy(ticket)),
                favoured: today.map_or(0, |today| today.favoured),
            });
        }
        staff::with_ghosts(desks, self.office, |queue| self.of_queue(queue))
    }

    fn busy(&self, ticket: &Ticket) -> Busy {
        Busy {
            ticket: ticket.id,
            since: self.secs(ticket.since).min(0),
            work_secs: self.figures.work_secs(ticket.head()),
        }
    }

    fn takes(&self, counter: &crate::Counter) -> Vec<(usize, Choice)> {
        let desk = desk_of(self.state, self.office, counter, self.now);
        let mut takes = Vec::new();
        for queue in &self.office.queues {
            let skills = Skills::of(self.office, counter, queue);
            for ((of, class, _), kind) in &self.known {
                if **of != queue.key {
                    continue;
                }
                if let Stance::Takes(choice) = desk.stance(queue, class, &skills) {
                    takes.push((*kind, choice));
                }
            }
        }
        takes
    }

    fn of_queue(&self, queue: &Queue) -> Vec<(usize, Choice)> {
        let kinds = self.known.iter();
        let kinds = kinds.filter(|((of, _, _), _)| **of == queue.key);
        kinds.map(|(_, kind)| (*kind, Choice::Own)).collect()
    }
}

/// The length of a stretch of the day, in seconds.
const STRETCH_LENGTH: f64 = 600.0;
/// So many stretches before the one that runs are recent.
const STRETCHES_BACK: u16 = 3;

/// Seconds of a day or two are exact.
pub(super) fn float(secs: i64) -> f64 {
    i32::try_from(secs).map_or(f64::MAX, f64::from)
}
