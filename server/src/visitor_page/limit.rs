//! How often a page is drawn: counted by ticket, because everybody in the waiting room may come from one address.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

/// LIMIT: pages of one ticket: so many at once, and then so many a second. A page renews itself every 5 s while
/// the visit is called; a family looks with ten phones and still reloads by hand.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
const A_SECOND: NonZeroU32 = NonZeroU32::new(3).expect("not zero");
/// LIMIT: tickets that are remembered before those are forgotten that nobody looks at. Only tickets of today are
/// counted at all, so whoever guesses fills nothing.
const TICKETS: usize = 10_000;

/// Counts pages by ticket. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Phones(Arc<RateLimiter<Uuid, HashMapStateStore<Uuid>, DefaultClock>>);

impl Default for Phones {
    fn default() -> Self {
        let quota = Quota::per_second(A_SECOND).allow_burst(AT_ONCE);
        Self(Arc::new(RateLimiter::hashmap(quota)))
    }
}

impl Phones {
    /// Whether this ticket's page is drawn once more.
    pub(super) fn admit(&self, ticket: Uuid) -> bool {
        if self.0.len() > TICKETS {
            self.0.retain_recent();
        }
        self.0.check_key(&ticket).is_ok()
    }
}
