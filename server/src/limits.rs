//! How often somebody may ask: at the doors that stand open to everybody, by address; and over a push channel.
//! Past it comes a clear refusal, and nobody else notices.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::app::AppState;
use crate::http::{Address, ApiError};

/// LIMIT: requests of one address at the open doors (signing in, asking to be paired): so many at once, and then
/// one every two seconds. People who mistype a password are never slower than that.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).expect("not zero");
/// LIMIT: addresses that are remembered before those are forgotten that have not asked for long.
const ADDRESSES: usize = 10_000;
const SWEPT_EACH: usize = 100;
/// LIMIT: messages of one device over its push channel, a second; twice as many at once. A display that paints 50
/// calls in a second says 100 things.
const MESSAGES: NonZeroU32 = NonZeroU32::new(200).expect("not zero");
const MESSAGES_AT_ONCE: NonZeroU32 = NonZeroU32::new(400).expect("not zero");

/// Counts requests by address. Cheap to clone.
#[derive(Debug, Clone)]
pub struct OpenDoors(Arc<RateLimiter<String, HashMapStateStore<String>, DefaultClock>>);

impl Default for OpenDoors {
    fn default() -> Self {
        let quota = Quota::per_minute(A_MINUTE).allow_burst(AT_ONCE);
        Self(Arc::new(RateLimiter::hashmap(quota)))
    }
}

impl OpenDoors {
    /// One more from there.
    ///
    /// # Errors
    /// 429 where this address asks too often.
    pub(crate) fn admit(&self, address: &Address) -> Result<(), ApiError> {
        if self.admits(&address.network()) {
            return Ok(());
        }
        Err(ApiError::too_many(
            "too_many_requests",
            "This address asks too often. Wait a few seconds.",
        ))
    }

    /// Whether this address may ask once more.
    fn admits(&self, address: &str) -> bool {
        // Looking over all of them costs: at most once for each hundred new ones.
        if self.0.len() > ADDRESSES && self.0.len().is_multiple_of(SWEPT_EACH) {
            self.0.retain_recent();
            self.0.shrink_to_fit();
        }
        self.0.check_key(&address.to_owned()).is_ok()
    }
}

/// Somebody at an open door who has not asked too often.
#[derive(Debug, Clone, Copy)]
pub struct Admitted;

impl FromRequestParts<AppState> for Admitted {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        let Ok(address) = Address::from_request_parts(parts, app).await;
        app.doors.admit(&address).map(|()| Self)
    }
}

/// Counts the messages of one push channel.
#[derive(Debug)]
pub(crate) struct Messages(RateLimiter<NotKeyed, InMemoryState, DefaultClock>);

impl Default for Messages {
    fn default() -> Self {
        let quota = Quota::per_second(MESSAGES).allow_burst(MESSAGES_AT_ONCE);
        Self(RateLimiter::direct(quota))
    }
}

impl Messages {
    /// Whether one more is taken.
    pub(crate) fn admits(&self) -> bool {
        self.0.check().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_is_refused_and_others_are_not() {
        let doors = OpenDoors::default();
        let admitted = (0..100).filter(|_| doors.admits("10.0.0.7")).count();
        assert!((20..25).contains(&admitted), "{admitted}");
        assert!(doors.admits("10.0.0.8"));
    }

    #[test]
    fn a_device_that_floods_its_channel_is_noticed() {
        let messages = Messages::default();
        let admitted = (0..10_000).filter(|_| messages.admits()).count();
        assert!((400..1_000).contains(&admitted), "{admitted}");
    }
}
