//! The people who wait in one queue: by class, and in a class by place.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Bound, Need, Place, Priority, ServiceKey, Ticket, TicketId};

/// What decides who may call somebody and how soon. Within one class the order is by place alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Class {
    pub(crate) priority: Priority,
    pub(crate) services: Vec<ServiceKey>,
    pub(crate) needs: BTreeSet<Need>,
    pub(crate) bound: Option<Bound>,
}

impl Class {
    pub(crate) fn of(ticket: &Ticket) -> Self {
        Self {
            priority: ticket.priority,
            services: ticket.services.clone(),
            needs: ticket.needs.clone(),
            bound: ticket.bound.clone(),
        }
    }

    /// That of a walk-in without any wish who comes for one service.
    pub(crate) fn of_newcomer(service: &ServiceKey) -> Self {
        Self {
            priority: Priority::WALK_IN,
            services: vec![service.clone()],
            needs: BTreeSet::new(),
            bound: None,
        }
    }

    /// What people of this class are for next.
    pub(crate) fn head(&self) -> Option<&ServiceKey> {
        self.services.first()
    }
}

/// People of one class. Places of a day's appointments for one instant are alike: then the id counts.
pub(crate) type Members = BTreeSet<(Place, TicketId)>;

/// One queue's line. However long it is, its classes are few: whether a counter takes a class is
/// asked once, not for each person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Class, Members)>", into = "Vec<(Class, Members)>")]
pub struct Line {
    classes: BTreeMap<Class, Members>,
    len: usize,
}

impl From<Vec<(Class, Members)>> for Line {
    fn from(classes: Vec<(Class, Members)>) -> Self {
        let len = classes.iter().map(|(_, members)| members.len()).sum();
        let classes = classes.into_iter().collect();
        Self { classes, len }
    }
}

impl From<Line> for Vec<(Class, Members)> {
    fn from(line: Line) -> Self {
        line.classes.into_iter().collect()
    }
}

impl Line {
    /// How many wait, paused and bound ones included.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Everybody in it, by priority and place.
    pub fn tickets(&self) -> impl Iterator<Item = TicketId> + use<> {
        let all = self.classes.iter().flat_map(|(class, members)| {
            let standing = |&(place, ticket): &(Place, TicketId)| (class.priority, place, ticket);
            members.iter().map(standing)
        });
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all.into_iter().map(|(_, _, ticket)| ticket)
    }

    /// The earliest place of those whose time has come: an appointment that came early waits from the agreed time
    /// on. Looks at the first of each class alone.
    pub fn longest_since(&self, now: Timestamp) -> Option<Timestamp> {
        let firsts = self.classes.values().filter_map(|members| members.first());
        firsts
            .map(|(place, _)| place.at)
            .filter(|at| *at <= now)
            .min()
    }

    pub(crate) fn classes(&self) -> impl Iterator<Item = (&Class, &Members)> {
        self.classes.iter()
    }

    /// The places of those of one priority who may go to any counter, the first first.
    pub(crate) fn places(&self, priority: Priority) -> Vec<Place> {
        let is_free = |class: &&Class| class.priority == priority && class.bound.is_none();
        let classes = self.classes.iter().filter(|(class, _)| is_free(class));
        let mut places: Vec<Place> = classes
            .flat_map(|(_, members)| members.iter().map(|(place, _)| *place))
            .collect();
        places.sort_unstable();
        places
    }

    /// Those who were sent to one counter or person.
    pub(crate) fn bound(&self) -> impl Iterator<Item = TicketId> {
        let bound = self
            .classes
            .iter()
            .filter(|(class, _)| class.bound.is_some());
        bound.flat_map(|(_, members)| members.iter().map(|(_, ticket)| *ticket))
    }

    pub(crate) fn insert(&mut self, ticket: &Ticket) {
        let members = self.classes.entry(Class::of(ticket)).or_default();
        if members.insert((ticket.place, ticket.id)) {
            self.len += 1;
        }
    }

    pub(crate) fn remove(&mut self, ticket: &Ticket) {
        let class = Class::of(ticket);
        let Some(members) = self.classes.get_mut(&class) else {
            return;
        };
        if members.remove(&(ticket.place, ticket.id)) {
            self.len -= 1;
        }
        if members.is_empty() {
            self.classes.remove(&class);
        }
    }

    /// Whether this ticket stands here, where it belongs.
    pub(crate) fn holds(&self, ticket: &Ticket) -> bool {
        let members = self.classes.get(&Class::of(ticket));
        members.is_some_and(|members| members.contains(&(ticket.place, ticket.id)))
    }

    /// How many stand before somebody of this priority with this place, at `now`. Whose agreed time
    /// comes later than both does not.
    pub(crate) fn ahead_of(&self, priority: Priority, place: Place, now: Timestamp) -> u32 {
        let latest = now.max(place.at);
        let ahead = self.classes.iter().map(|(class, members)| {
            let before = |(other, _): &&(Place, TicketId)| {
                (class.priority, *other) < (priority, place) && other.at <= latest
            };
            members.iter().take_while(before).count()
        });
        u32::try_from(ahead.sum::<usize>()).unwrap_or(u32::MAX)
    }
}
