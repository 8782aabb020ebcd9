//! The second of a day as an instant, and back. Every day is the same date in a zone without
//! changes of the clock: local midnight is second 0.
//!
//! Pure: no clock.

use jiff::{SignedDuration, Timestamp};

/// Where a second of the day begins.
pub(super) type Second = i64;

/// The zone of every simulated office.
pub(super) const ZONE: &str = "UTC";

/// The end of the day, when the engine ends every visit that is still open.
pub(super) const MIDNIGHT: Second = 24 * 60 * 60;

/// Monday, 2 March 2026, 00:00 in [`ZONE`]. Which date it is plays no part; it never changes, so
/// that the same day gives the same lines.
const DAY_ZERO: Timestamp = Timestamp::constant(1_772_409_600, 0);

pub(super) fn instant(second: Second) -> Timestamp {
    let since = SignedDuration::from_secs(second);
    DAY_ZERO.saturating_add(since).unwrap_or(Timestamp::MAX)
}

/// The second in which `at` lies.
pub(super) fn second_of(at: Timestamp) -> Second {
    let since = at.duration_since(DAY_ZERO);
    since.as_secs() - i64::from(since.subsec_nanos() < 0)
}

/// The first second that does not begin before `at`.
pub(super) fn second_from(at: Timestamp) -> Second {
    let since = at.duration_since(DAY_ZERO);
    since.as_secs() + i64::from(since.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_midnight_of_the_second_of_march() {
        assert_eq!(instant(0).to_string(), "2026-03-02T00:00:00Z");
        assert_eq!(instant(MIDNIGHT).to_string(), "2026-03-03T00:00:00Z");
    }

    #[test]
    fn an_instant_between_two_seconds_lies_in_the_first_and_lets_the_second_wait() {
        let between = instant(100) + SignedDuration::from_millis(1);
        assert_eq!((second_of(between), second_from(between)), (100, 101));
        assert_eq!(
            (second_of(instant(100)), second_from(instant(100))),
            (100, 100)
        );
        let before = instant(-100) - SignedDuration::from_millis(1);
        assert_eq!((second_of(before), second_from(before)), (-101, -100));
    }
}
