//! Waiting for what must come: looks again and again until it is there, and says what was missing
//! when the deadline passes. Nothing in this crate waits in any other way.

use std::time::Duration;

use anyhow::bail;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Looks until `look` finds something, at most for `deadline`.
///
/// # Errors
/// Names `what` was waited for when the deadline passes, and passes on an error of `look` at once.
pub async fn until<T>(
    what: &str,
    deadline: Duration,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let begin = Instant::now();
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if begin.elapsed() > deadline {
            bail!("waited {} s in vain: {what}", deadline.as_secs());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_comes_late_is_still_seen() {
        let begin = Instant::now();
        let found = until("the third look", Duration::from_secs(5), async || {
            let late = begin.elapsed() > Duration::from_secs(3);
            Ok(late.then_some("here"))
        });
        assert_eq!(found.await.expect("it came"), "here");
    }

    #[tokio::test(start_paused = true)]
    async fn what_never_comes_is_named() {
        let waited = until("the bus", Duration::from_secs(5), async || Ok(None::<()>)).await;
        let told = waited.expect_err("it did not come").to_string();
        assert_eq!(told, "waited 5 s in vain: the bus");
    }
}
