//! Times and figures as people read them.

use aufruf_protocol::latest::Promise;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::wall::Wait;

/// Nobody can tell a wait more exactly.
const STEP_MINUTES: i64 = 5;

/// `10:42`.
pub(crate) fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// The window of somebody who comes now, as a wait from now, rounded to steps of five minutes.
pub(crate) fn wait(promise: Option<&Promise>, now: Timestamp) -> Wait {
    let Some(promise) = promise else {
        return Wait::Unknown;
    };
    let low = rounded(promise.low.duration_since(now));
    let high = rounded(promise.high.duration_since(now));
    if high <= STEP_MINUTES {
        Wait::Soon
    } else {
        Wait::Minutes {
            low,
            high: high.max(low + STEP_MINUTES),
        }
    }
}

fn rounded(span: SignedDuration) -> i64 {
    let step_secs = STEP_MINUTES * 60;
    let steps = (span.as_secs() + step_secs / 2).div_euclid(step_secs);
    steps.max(0) * STEP_MINUTES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait_between(low_secs: i64, high_secs: i64) -> Wait {
        let now = Timestamp::UNIX_EPOCH;
        let after = |secs| now + SignedDuration::from_secs(secs);
        let promise = Promise {
            low: after(low_secs),
            mid: after(i64::midpoint(low_secs, high_secs)),
            high: after(high_secs),
        };
        wait(Some(&promise), now)
    }

    #[test]
    fn a_wait_is_told_in_steps_of_five_minutes_and_does_not_jump_within_a_minute() {
        let minutes = |low, high| Wait::Minutes { low, high };
        assert_eq!(wait_between(25 * 60, 35 * 60), minutes(25, 35));
        assert_eq!(wait_between(25 * 60 - 40, 35 * 60 - 40), minutes(25, 35));
        assert_eq!(wait_between(22 * 60, 28 * 60), minutes(20, 30));
        assert_eq!(wait_between(60, 8 * 60), minutes(0, 10));
        assert_eq!(
            wait_between(28 * 60, 31 * 60),
            minutes(30, 35),
            "a window has a width"
        );
    }

    #[test]
    fn a_window_that_is_nearly_or_wholly_over_is_soon_and_none_is_unknown() {
        assert_eq!(wait_between(0, 5 * 60), Wait::Soon);
        assert_eq!(wait_between(-600, -60), Wait::Soon);
        assert_eq!(wait(None, Timestamp::UNIX_EPOCH), Wait::Unknown);
    }

    #[test]
    fn the_clock_is_the_offices() {
        let at = "2026-11-02T09:42:10Z".parse().expect("an instant");
        let berlin = TimeZone::get("Europe/Berlin").expect("a known zone");
        assert_eq!(clock(at, &berlin), "10:42");
    }
}
