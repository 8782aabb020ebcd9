//! The plan and the windows of an office of the tests, asked for as the server asks for them.

use aufruf_engine::planning::{Outlook, Picture, Plan, Stay, StayOf};
use aufruf_engine::{Promise, ServiceKey, TicketId};
use jiff::Timestamp;

use super::TestOffice;

/// What chance is drawn from, where it does not matter.
const SEED: u64 = 7;

impl TestOffice {
    pub(crate) fn plan(&self) -> Plan {
        let now = self.engines_now();
        Picture::of(&self.state, now).plan(now)
    }

    /// A clock that was set back does not go back for the engine.
    pub(crate) fn engines_now(&self) -> Timestamp {
        self.now().max(self.state.last_at())
    }

    pub(crate) fn outlook(&self) -> Outlook {
        self.outlook_by(SEED)
    }

    pub(crate) fn outlook_by(&self, seed: u64) -> Outlook {
        let now = self.engines_now();
        Picture::of(&self.state, now).outlook(now, seed)
    }

    /// What somebody is told who would come now for this; none if nobody can say.
    pub(crate) fn promise(&self, service: &str) -> Option<Promise> {
        let promised = self.outlook().services;
        promised.get(&ServiceKey::new(service)).copied()
    }

    /// When and where the plan has this one called.
    #[track_caller]
    pub(crate) fn planned(&self, ticket: TicketId) -> (String, Timestamp) {
        let stay = self.plan().of(ticket).expect("in the plan");
        (stay.counter.to_string(), stay.from)
    }

    /// Whether the plan has no room for one more of these.
    pub(crate) fn is_full(&self, service: &str) -> bool {
        self.plan().full.contains(&ServiceKey::new(service))
    }
}

/// How tests ask a plan.
pub(crate) trait Asked {
    fn of(&self, ticket: TicketId) -> Option<Stay>;
    /// Calls that are still to come, by time.
    fn calls_at(&self, counter: &str) -> Vec<Stay>;
}

impl Asked for Plan {
    fn of(&self, ticket: TicketId) -> Option<Stay> {
        let mut stays = self.stays.iter();
        stays.find(|stay| stay.ticket == ticket).cloned()
    }

    fn calls_at(&self, counter: &str) -> Vec<Stay> {
        let to_come = |stay: &&Stay| stay.counter.as_str() == counter && stay.of != StayOf::Running;
        let mut calls: Vec<Stay> = self.stays.iter().filter(to_come).cloned().collect();
        calls.sort_by_key(|stay| stay.from);
        calls
    }
}
