//! The plan: who will be called when at which counter, if all goes as expected.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::fate::Expected;
use super::picture::{Desk, Picture, Rank};
use super::world::{Call, Enough, Who, World};
use crate::{CounterKey, ServiceKey, TicketId};

/// The rest of the day as expected, by counter and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub at: Timestamp,
    pub stays: Vec<Stay>,
    /// When each counter calls people, by its shifts and what its panel says.
    pub staffed: Vec<(CounterKey, Vec<(Timestamp, Timestamp)>)>,
    /// Services of which one more could not be over before the end.
    pub full: BTreeSet<ServiceKey>,
}

/// One visit at one counter. It lasts as long as is expected: somebody with an appointment who is not
/// here counts with the chance of coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub counter: CounterKey,
    pub ticket: TicketId,
    pub of: StayOf,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Whom a stay is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StayOf {
    /// At the counter already.
    Running,
    WalkIn,
    Appointment {
        at: Timestamp,
    },
}

impl Picture {
    /// The plan for the rest of the day, from `now` on.
    pub fn plan(&self, now: Timestamp) -> Plan {
        let now = now.duration_since(self.at).as_secs().max(0);
        let mut stays = self.running(now);
        let mut asked: Vec<Option<i64>> = vec![None; self.newcomers.len()];
        let mut world = World::new(self, Expected { picture: self }, now);
        world.ask_for_all(now);
        world.play(now, |call| {
            match call.who {
                Who::Known(person) => stays.push(self.stay(&call, person)),
                Who::Asking(newcomer) => asked[newcomer] = Some(call.at),
                Who::Later => {}
            }
            Enough::No
        });
        stays.sort_by(|a, b| (&a.counter, a.from).cmp(&(&b.counter, b.from)));
        Plan {
            at: self.instant(now),
            stays,
            staffed: self.staffed(now),
            full: self.full(&asked),
        }
    }

    fn running(&self, now: i64) -> Vec<Stay> {
        let mut fate = Expected { picture: self };
        let busy = self.desks.iter().filter_map(|desk| {
            let busy = desk.busy?;
            Some(Stay {
                counter: desk.counter.clone(),
                ticket: busy.ticket,
                of: StayOf::Running,
                from: self.instant(busy.since),
                to: self.instant(super::fate::Fate::ends(&mut fate, &busy).max(now + 1)),
            })
        });
        busy.collect()
    }

    fn stay(&self, call: &Call, person: usize) -> Stay {
        let person = &self.people[person];
        let of = match self.kinds[call.kind].rank {
            Rank::Appointment => StayOf::Appointment {
                at: self.instant(person.at),
            },
            Rank::WalkIn | Rank::Given(_) => StayOf::WalkIn,
        };
        Stay {
            counter: self.desks[call.desk].counter.clone(),
            ticket: person.ticket,
            of,
            from: self.instant(call.at),
            to: self.instant(call.until),
        }
    }

    fn staffed(&self, now: i64) -> Vec<(CounterKey, Vec<(Timestamp, Timestamp)>)> {
        let spans = |desk: &Desk| {
            let calls = desk.calls.iter().filter(|(_, to)| *to > now);
            calls
                .map(|(from, to)| (self.instant((*from).max(now)), self.instant(*to)))
                .collect()
        };
        let desks = self.desks.iter();
        desks
            .map(|desk| (desk.counter.clone(), spans(desk)))
            .collect()
    }

    /// Services that have an end, and of which nobody who came now could be served before it.
    fn full(&self, asked: &[Option<i64>]) -> BTreeSet<ServiceKey> {
        let full = self
            .newcomers
            .iter()
            .zip(asked)
            .filter(|(newcomer, called)| {
                let Some(ends) = newcomer.ends else {
                    return false;
                };
                let work = &self.kinds[newcomer.kind];
                let over = called.map(|called| super::picture::float(called) + work.work_secs);
                over.map_or(!self.may_still_open(newcomer.kind), |over| {
                    over > super::picture::float(ends)
                })
            });
        full.map(|(newcomer, _)| newcomer.service.clone()).collect()
    }

    /// Whether no counter is known to call these people, but one without planned shifts may open.
    fn may_still_open(&self, kind: usize) -> bool {
        let takes = |desk: &&Desk| desk.takes.iter().any(|(taken, _)| *taken == kind);
        let mut desks = self.desks.iter().filter(takes);
        let nobody_is_known = desks.clone().all(|desk| desk.calls.is_empty());
        nobody_is_known && desks.any(|desk| !desk.is_planned)
    }
}
