//! Windows for people: what they can be told of when they will be called.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::fate::Drawn;
use super::picture::{Picture, float};
use super::world::{Enough, Who, World};
use crate::chance::Dice;
use crate::learned::load_of;
use crate::{Promise, ServiceKey, TicketId};

/// How often the rest of the day is played.
const PLAYS: u64 = 80;
/// The window leaves out so many of the earliest and as many of the latest plays: of four in five calls
/// a little more, since what few plays say of the rare ones is narrow.
const LEFT_OUT: f64 = 0.09;
/// Somebody is told nothing who is called in fewer than so many of a hundred plays.
const CALLED_PERCENT: u64 = 90;

/// What can be told at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// For somebody who comes now, by service. None while nobody will serve it: nobody can say then.
    pub services: BTreeMap<ServiceKey, Promise>,
    /// For everybody who waits.
    pub tickets: BTreeMap<TicketId, Promise>,
    /// Services that the plan has no room for.
    pub full: BTreeSet<ServiceKey>,
}

impl Picture {
    /// Plan and windows at `now`. Equal pictures and seeds give equal windows.
    pub fn outlook(&self, now: Timestamp, seed: u64) -> Outlook {
        let plan = self.plan(now);
        let now = now.duration_since(self.at).as_secs().max(0);
        let (asking, waiting) = self.calls(now, seed);
        let window = |calls: &[i64]| self.window(calls, now);
        let services = self.newcomers.iter().zip(&asking);
        let services = services.filter(|(newcomer, _)| !plan.full.contains(&newcomer.service));
        let services = services
            .filter_map(|(newcomer, calls)| Some((newcomer.service.clone(), window(calls)?)));
        let tickets = self.people.iter().zip(&waiting);
        let tickets = tickets
            .filter(|(person, _)| person.is_here())
            .filter_map(|(person, calls)| Some((person.ticket, window(calls)?)));
        Outlook {
            services: services.collect(),
            tickets: tickets.collect(),
            full: plan.full.clone(),
        }
    }

    /// The calls of all plays: for newcomers, and for the picture's people.
    fn calls(&self, now: i64, seed: u64) -> (Vec<Vec<i64>>, Vec<Vec<i64>>) {
        let mut asking = vec![Vec::new(); self.newcomers.len()];
        let mut waiting = vec![Vec::new(); self.people.len()];
        let here = self.people.iter().filter(|person| person.is_here()).count();
        for play in 0..PLAYS {
            let dice = Dice::new(seed.wrapping_mul(PLAYS).wrapping_add(play));
            let mut world = World::new(self, Drawn::new(self, dice), now);
            world.ask_for_all(now);
            world.let_others_come(now);
            let mut open = self.newcomers.len() + here;
            world.play(now, |call| {
                match call.who {
                    Who::Asking(newcomer) => {
                        asking[newcomer].push(call.at);
                        open -= 1;
                    }
                    Who::Known(person) => {
                        waiting[person].push(call.at);
                        open -= usize::from(self.people[person].is_here());
                    }
                    Who::Later => {}
                }
                if open == 0 { Enough::Yes } else { Enough::No }
            });
        }
        (asking, waiting)
    }

    /// The window that four of five calls lie in, corrected by how windows held for such waits.
    fn window(&self, calls: &[i64], now: i64) -> Option<Promise> {
        let called = u64::try_from(calls.len()).unwrap_or(u64::MAX);
        if called * 100 < PLAYS * CALLED_PERCENT {
            return None;
        }
        let mut calls = calls.to_vec();
        calls.sort_unstable();
        let mid = part(&calls, 0.5)?;
        let correction = self.figures.corrections[load_of(mid - float(now))];
        let low = mid - (mid - part(&calls, LEFT_OUT)?) * correction.early;
        let high = mid + (part(&calls, 1.0 - LEFT_OUT)? - mid) * correction.late;
        let at = |secs: f64| self.instant(super::fate::whole(secs));
        Some(Promise {
            low: at(low.max(float(now))),
            mid: at(mid.max(float(now))),
            high: at(high.ceil().max(float(now))),
        })
    }
}

/// The value below which this part of them lies; none of none.
fn part(sorted: &[i64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let last = u32::try_from(last).ok()?;
    let place = part * f64::from(last);
    let below = super::fate::whole(place);
    let at = |index: i64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| sorted.get(index))
    };
    let lower = float(*at(below)?);
    let upper = at(below + 1).map_or(lower, |upper| float(*upper));
    Some(lower + (upper - lower) * (place - float(below)))
}
