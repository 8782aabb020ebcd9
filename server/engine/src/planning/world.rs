//! The rest of a day played through: the people of a picture are called by the rule that *next* goes by.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fate::{Called, Fate};
use super::picture::{PLACES, Person, Picture, Presence, Rank, float};
use crate::order::Choice;
use crate::slotting::{self, Candidate, FREE_COUNTER_SECS, Kind as Slotted, left_secs};

/// LIMIT: nothing is played further than this, in seconds.
const HORIZON_SECS: i64 = 129_600;

/// Who is called in a play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the picture's people.
    Known(usize),
    /// Somebody who would come now for a service; asked for only, takes nobody's time.
    Asking(usize),
    /// Somebody who comes later.
    Later,
}

/// A call in a play.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) who: Who,
    pub(super) desk: usize,
    pub(super) kind: usize,
    pub(super) at: i64,
    /// When the counter is free again.
    pub(super) until: i64,
}

#[derive(Debug, Clone, Copy)]
struct Waiter {
    who: Who,
    place: i64,
    at: i64,
    since: i64,
    overtaken: u32,
    /// Is gone when called later than this.
    leaves: i64,
}

#[derive(Debug, Clone, Default)]
struct Line {
    waiters: Vec<Waiter>,
    head: usize,
}

impl Line {
    fn first(&self) -> Option<&Waiter> {
        self.waiters.get(self.head)
    }

    fn insert(&mut self, waiter: Waiter) {
        let behind = self.waiters[self.head..].partition_point(|one| one.place < waiter.place);
        self.waiters.insert(self.head + behind, waiter);
    }
}

#[derive(Debug, Clone, Copy)]
struct Running {
    since: i64,
    work_secs: f64,
}

/// What happens at an instant; earlier ones first, and in this order within an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Free(usize),
    Comes(usize),
    /// Somebody comes for a service.
    Newcomer(usize),
    /// A shift begins.
    Time,
}

/// One play.
pub(super) struct World<'a, F> {
    picture: &'a Picture,
    fate: F,
    lines: Vec<Line>,
    running: Vec<Option<Running>>,
    /// Until when each desk pauses.
    paused: Vec<i64>,
    favoured: Vec<u32>,
    agenda: BinaryHeap<Reverse<(i64, Happens)>>,
    coming: Vec<(usize, Waiter)>,
    candidates: Vec<Candidate<i64>>,
    kinds: Vec<usize>,
}

impl<'a, F: Fate> World<'a, F> {
    /// The picture's people at `now` seconds after it.
    pub(super) fn new(picture: &'a Picture, fate: F, now: i64) -> Self {
        let mut world = Self {
            picture,
            fate,
            lines: vec![Line::default(); picture.kinds.len()],
            running: vec![None; picture.desks.len()],
            paused: vec![0; picture.desks.len()],
            favoured: picture.desks.iter().map(|desk| desk.favoured).collect(),
            agenda: BinaryHeap::with_capacity(64),
            coming: Vec::new(),
            candidates: Vec::new(),
            kinds: Vec::new(),
        };
        world.set_desks(now);
        for (number, person) in picture.people.iter().enumerate() {
            world.set(number, person, now);
        }
        world
    }

    fn set_desks(&mut self, now: i64) {
        for (number, desk) in self.picture.desks.iter().enumerate() {
            if let Some(busy) = desk.busy {
                let ends = self.fate.ends(&busy).max(now + 1);
                self.running[number] = Some(Running {
                    since: busy.since,
                    work_secs: busy.work_secs,
                });
                self.happens(ends, Happens::Free(number));
            }
            if desk.is_paused {
                self.paused[number] = now + self.fate.pauses();
                self.happens(self.paused[number], Happens::Time);
            }
            for (from, _) in desk.calls.iter().filter(|(from, _)| *from > now) {
                self.happens(*from, Happens::Time);
            }
        }
    }

    fn set(&mut self, number: usize, person: &Person, now: i64) {
        let patience = self.fate.leaves();
        let mut waiter = Waiter {
            who: Who::Known(number),
            place: person.place,
            at: person.at,
            since: person.since,
            overtaken: person.overtaken,
            leaves: patience.map_or(i64::MAX, |patience| person.since + patience),
        };
        if self.picture.kinds[person.kind].rank == Rank::Appointment {
            waiter.leaves = i64::MAX;
        }
        match person.presence {
            Presence::Here => self.lines[person.kind].waiters.push(waiter),
            Presence::Away { until } => self.comes_at(until.max(now), person.kind, waiter),
            Presence::Expected => {
                if let Some(comes) = self.fate.comes(person.at, now) {
                    waiter.since = comes.max(person.at);
                    self.comes_at(comes, person.kind, waiter);
                }
            }
            Presence::Unreported => {
                let is_there = self.fate.comes(person.at, person.at).is_some();
                waiter.leaves = if is_there { i64::MAX } else { i64::MIN };
                if person.at > now {
                    self.comes_at(person.at, person.kind, waiter);
                } else {
                    self.lines[person.kind].waiters.push(waiter);
                }
            }
        }
    }

    /// Somebody asks for each service now.
    pub(super) fn ask_for_all(&mut self, now: i64) {
        for (number, newcomer) in self.picture.newcomers.iter().enumerate() {
            self.lines[newcomer.kind].insert(Waiter {
                who: Who::Asking(number),
                place: now * PLACES + PLACES - 1,
                at: now,
                since: now,
                overtaken: 0,
                leaves: i64::MAX,
            });
        }
    }

    /// Others come after `now`.
    pub(super) fn let_others_come(&mut self, now: i64) {
        for number in 0..self.picture.newcomers.len() {
            self.expect_newcomer(number, now);
        }
    }

    fn expect_newcomer(&mut self, number: usize, now: i64) {
        let of = &self.picture.newcomers[number];
        if let Some(at) = self.fate.next_newcomer(of, now) {
            self.happens(at, Happens::Newcomer(number));
        }
    }

    fn take_newcomer(&mut self, number: usize, at: i64) {
        let patience = self.fate.leaves();
        self.lines[self.picture.newcomers[number].kind].insert(Waiter {
            who: Who::Later,
            place: at * PLACES + PLACES / 2,
            at,
            since: at,
            overtaken: 0,
            leaves: patience.map_or(i64::MAX, |patience| at + patience),
        });
        self.expect_newcomer(number, at);
    }

    fn comes_at(&mut self, at: i64, kind: usize, waiter: Waiter) {
        self.coming.push((kind, waiter));
        self.happens(at, Happens::Comes(self.coming.len() - 1));
    }

    fn happens(&mut self, at: i64, what: Happens) {
        self.agenda.push(Reverse((at, what)));
    }

    /// Plays from `now` on and tells every call, until `done` says that it is enough or nothing is left.
    pub(super) fn play(mut self, now: i64, mut told: impl FnMut(Call) -> Enough) {
        let mut at = now;
        loop {
            for desk in 0..self.picture.desks.len() {
                while self.is_free(desk, at) {
                    let Some(call) = self.call(desk, at) else {
                        break;
                    };
                    if told(call) == Enough::Yes {
                        return;
                    }
                }
            }
            let Some(Reverse((next, _))) = self.agenda.peek() else {
                return;
            };
            if *next > HORIZON_SECS {
                return;
            }
            at = (*next).max(at);
            while let Some(Reverse((then, what))) = self.agenda.peek().copied()
                && then <= at
            {
                self.agenda.pop();
                self.take_in(what, at);
            }
        }
    }

    fn take_in(&mut self, what: Happens, at: i64) {
        match what {
            Happens::Free(desk) => self.running[desk] = None,
            Happens::Comes(number) => {
                let (kind, waiter) = self.coming[number];
                self.lines[kind].insert(waiter);
            }
            Happens::Newcomer(number) => self.take_newcomer(number, at),
            Happens::Time => {}
        }
    }

    fn is_free(&self, desk: usize, at: i64) -> bool {
        self.running[desk].is_none() && self.paused[desk] <= at && self.calls(desk, at)
    }

    fn calls(&self, desk: usize, at: i64) -> bool {
        let calls = &self.picture.desks[desk].calls;
        calls.iter().any(|(from, to)| *from <= at && at < *to)
    }

    /// The next one for a counter that is free.
    fn call(&mut self, desk: usize, at: i64) -> Option<Call> {
        let kind = self.choose(desk, at)?;
        let line = &mut self.lines[kind];
        let waiter = *line.first()?;
        line.head += 1;
        if matches!(waiter.who, Who::Asking(_)) {
            let (who, until) = (waiter.who, at);
            return Some(Call {
                who,
                desk,
                kind,
                at,
                until,
            });
        }
        let is_gone = at > waiter.leaves;
        let lasts = if is_gone {
            round(self.picture.rule.in_vain_secs)
        } else {
            self.fate.lasts(Called {
                kind,
                person: match waiter.who {
                    Who::Known(person) => Some(person),
                    Who::Asking(_) | Who::Later => None,
                },
            })
        };
        if !is_gone && self.picture.kinds[kind].rank == Rank::WalkIn {
            self.overtake(desk, waiter.place);
        }
        let until = at + lasts.max(1);
        self.running[desk] = Some(Running {
            since: at,
            work_secs: if is_gone {
                self.picture.rule.in_vain_secs
            } else {
                self.picture.kinds[kind].work_secs
            },
        });
        self.happens(until, Happens::Free(desk));
        Some(Call {
            who: waiter.who,
            desk,
            kind,
            at,
            until,
        })
    }

    fn overtake(&mut self, desk: usize, place: i64) {
        for (kind, choice) in &self.picture.desks[desk].takes {
            if *choice != Choice::Own || self.picture.kinds[*kind].rank != Rank::WalkIn {
                continue;
            }
            let line = &mut self.lines[*kind];
            let before = line.waiters[line.head..].iter_mut();
            for waiter in before.take_while(|waiter| waiter.place < place) {
                waiter.overtaken += 1;
            }
        }
    }

    /// The kind whose first one is called: by the same steps as *next*.
    fn choose(&mut self, desk: usize, at: i64) -> Option<usize> {
        let picture = self.picture;
        let takes = &picture.desks[desk].takes;
        let heads = takes.iter().filter_map(|(kind, choice)| {
            let first = self.lines[*kind].first()?;
            Some((*kind, *choice, first))
        });
        let mut overdue: Option<(i64, i64, usize)> = None;
        let mut given: Option<(Rank, Choice, i64, usize)> = None;
        let mut walk_in: Option<(Choice, i64, usize)> = None;
        let mut appointment: Option<(i64, i64, usize)> = None;
        let mut early: Option<(i64, usize)> = None;
        for (kind, choice, first) in heads {
            let of = &picture.kinds[kind];
            let is_due = first.at <= at;
            if is_due && at - first.since >= of.max_wait_secs {
                overdue = Some(least(overdue, (first.since, first.place, kind)));
            }
            match of.rank {
                Rank::Given(_) if is_due => {
                    given = Some(least(given, (of.rank, choice, first.place, kind)));
                }
                Rank::WalkIn if is_due => {
                    walk_in = Some(least(walk_in, (choice, first.place, kind)));
                }
                Rank::Appointment => {
                    appointment = Some(least(appointment, (first.place, first.at, kind)));
                }
                Rank::Given(_) | Rank::WalkIn => {
                    early = Some(least(early, (first.place, kind)));
                }
            }
        }
        if let Some((_, place, kind)) = overdue {
            return Some(
                self.first_overtaken_enough(desk, kind, place, at)
                    .unwrap_or(kind),
            );
        }
        if let Some((_, _, _, kind)) = given {
            return Some(kind);
        }
        let Some((choice, place, first)) = walk_in else {
            return self.first_without_walk_ins(appointment, early, at);
        };
        let in_turn = self.favoured[desk] >= picture.favoured_in_a_row;
        let puts_behind = appointment.filter(|(of, due, _)| *due <= at && place < *of);
        if in_turn && puts_behind.is_some() {
            self.favoured[desk] = 0;
            return Some(first);
        }
        let kind = self.slot(desk, at, choice);
        let is_favoured = puts_behind.is_some()
            && kind.is_some_and(|kind| picture.kinds[kind].rank == Rank::Appointment);
        self.favoured[desk] = if is_favoured {
            self.favoured[desk] + 1
        } else {
            0
        };
        kind
    }

    /// Who goes instead of one who waits too long, where that one would overtake somebody for whom it is
    /// enough: the first of all whom it would overtake.
    fn first_overtaken_enough(&self, desk: usize, by: usize, place: i64, at: i64) -> Option<usize> {
        if self.picture.kinds[by].rank != Rank::WalkIn {
            return None;
        }
        let most = self.picture.rule.overtaken_at_most;
        let takes = self.picture.desks[desk].takes.iter();
        let before = takes.filter_map(|(kind, choice)| {
            let first = self.lines[*kind].first()?;
            let is_walk_in = self.picture.kinds[*kind].rank == Rank::WalkIn;
            let is_before = first.place < place && first.at <= at;
            (*choice == Choice::Own && is_walk_in && is_before).then_some((first, *kind))
        });
        let before: Vec<(&Waiter, usize)> = before.collect();
        let is_enough = before.iter().any(|(first, _)| first.overtaken >= most);
        let first = before.iter().min_by_key(|(first, _)| first.place);
        first.filter(|_| is_enough).map(|(_, kind)| *kind)
    }

    /// The appointment that is due or soon due; else who is here before the agreed time, the first one.
    fn first_without_walk_ins(
        &self,
        appointment: Option<(i64, i64, usize)>,
        early: Option<(i64, usize)>,
        at: i64,
    ) -> Option<usize> {
        let is_soon = |due: i64, kind: usize| due - at <= self.picture.kinds[kind].early_secs;
        let soon = appointment.filter(|(_, due, kind)| is_soon(*due, *kind));
        let others = appointment.map(|(place, _, kind)| (place, kind));
        let first = others.into_iter().chain(early).min();
        soon.map(|(_, _, kind)| kind)
            .or(first.map(|(_, kind)| kind))
    }

    /// Walk-ins of the best choice and appointments, by the rule that slots them in.
    fn slot(&mut self, desk: usize, at: i64, best: Choice) -> Option<usize> {
        let picture = self.picture;
        let mut candidates = std::mem::take(&mut self.candidates);
        let mut kinds = std::mem::take(&mut self.kinds);
        candidates.clear();
        kinds.clear();
        for (kind, choice) in &picture.desks[desk].takes {
            let Some(first) = self.lines[*kind].first() else {
                continue;
            };
            let of = &picture.kinds[*kind];
            let slotted = match of.rank {
                Rank::WalkIn if *choice == best && first.at <= at => Slotted::WalkIn {
                    waited_secs: float(at - first.since),
                    overtaken: first.overtaken,
                },
                Rank::Appointment if first.at - at <= of.early_secs => Slotted::Appointment {
                    due_secs: float(first.at - at),
                    relief_secs: self.relief_secs(desk, *kind, at),
                },
                Rank::WalkIn | Rank::Appointment | Rank::Given(_) => continue,
            };
            kinds.push(*kind);
            candidates.push(Candidate {
                place: first.place,
                kind: slotted,
                group: of.group,
                work_secs: of.work_secs,
            });
        }
        let found = picture.rule.choose(&candidates);
        let kind = found.map(|found: slotting::Found| kinds[found.candidate]);
        self.candidates = candidates;
        self.kinds = kinds;
        kind
    }

    /// In how many seconds another counter can take people of a kind, as far as anybody would know.
    fn relief_secs(&self, desk: usize, kind: usize, at: i64) -> f64 {
        let others = self.picture.kinds[kind].taken_by.iter();
        let others = others.filter(|other| **other != desk && self.calls(**other, at));
        let secs = others.map(|other| {
            self.running[*other].map_or(FREE_COUNTER_SECS, |running| {
                left_secs(running.work_secs, float(at - running.since))
            })
        });
        secs.fold(f64::INFINITY, f64::min)
    }
}

/// Whether a play has told what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enough {
    Yes,
    No,
}

fn least<T: Ord + Copy>(known: Option<T>, one: T) -> T {
    known.map_or(one, |known| known.min(one))
}

fn round(secs: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that is cast saturates, and a wait for somebody is minutes"
    )]
    let whole = secs.round() as i64;
    whole
}
