//! Turns instants into the times that visitors read: rounded outwards, in the office's time zone.

use aufruf_protocol::latest::Promise;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Windows are told in steps of this many seconds; finer times would promise what no office can keep.
const STEP_SECS: i64 = 5 * 60;

/// A window as it is told: `11:05` and `11:15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub low: String,
    pub high: String,
}

/// When the call is to be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Within(Window),
    /// The window has begun and nobody waits.
    Soon,
    /// Nothing was promised, or what was promised is over.
    Untold,
}

impl Expected {
    /// What to tell of `promise` at the office's time `now`, with so many people before.
    ///
    /// Without a time zone no clock time can be told rightly, so none is told.
    pub fn tell(
        promise: Option<&Promise>,
        people_ahead: u32,
        now: Timestamp,
        zone: Option<&TimeZone>,
    ) -> Self {
        let Some(promise) = promise.filter(|promise| promise.high >= now) else {
            return Self::Untold;
        };
        if people_ahead == 0 && promise.low <= now {
            return Self::Soon;
        }
        zone.map_or(Self::Untold, |zone| Self::Within(told(promise, zone)))
    }
}

/// The time of day, such as `08:05`.
pub(crate) fn time_of_day(instant: Timestamp, zone: &TimeZone) -> String {
    instant.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// The window, rounded outwards. Rounding whole seconds is enough: every zone's offset is a multiple of the step.
fn told(promise: &Promise, zone: &TimeZone) -> Window {
    let low_step = promise.low.as_second().div_euclid(STEP_SECS);
    let whole_second = promise.high.subsec_nanosecond() == 0;
    let high_secs = promise.high.as_second() + i64::from(!whole_second);
    let high_step = (high_secs + STEP_SECS - 1).div_euclid(STEP_SECS);
    Window {
        low: step_of_day(low_step, zone),
        high: step_of_day(high_step.max(low_step + 1), zone),
    }
}

fn step_of_day(step: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(step * STEP_SECS)
        .map_or_else(|_| String::new(), |instant| time_of_day(instant, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        format!("2026-11-02T{time}Z").parse().expect("an instant")
    }

    fn promise(low: &str, high: &str) -> Promise {
        Promise {
            low: at(low),
            mid: at(low),
            high: at(high),
        }
    }

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("the zone is known")
    }

    fn tell(low: &str, high: &str, people_ahead: u32, now: &str) -> Expected {
        Expected::tell(
            Some(&promise(low, high)),
            people_ahead,
            at(now),
            Some(&berlin()),
        )
    }

    fn within(low: &str, high: &str) -> Expected {
        Expected::Within(Window {
            low: low.to_owned(),
            high: high.to_owned(),
        })
    }

    #[test]
    fn a_window_is_rounded_outwards_to_five_minutes_in_the_offices_time() {
        assert_eq!(
            tell("10:06:59", "10:11:01", 3, "09:42:00"),
            within("11:05", "11:15")
        );
    }

    #[test]
    fn a_window_on_the_step_stays_and_one_of_no_length_gets_one_step() {
        assert_eq!(
            tell("10:05:00", "10:15:00", 3, "09:42:00"),
            within("11:05", "11:15")
        );
        assert_eq!(
            tell("10:05:00", "10:05:00", 3, "09:42:00"),
            within("11:05", "11:10")
        );
    }

    #[test]
    fn a_window_that_has_begun_is_soon_only_when_nobody_waits() {
        assert_eq!(tell("09:42:00", "09:47:00", 0, "09:42:00"), Expected::Soon);
        assert_eq!(
            tell("09:42:00", "09:47:00", 1, "09:42:00"),
            within("10:40", "10:50")
        );
        assert_eq!(
            tell("09:50:00", "09:55:00", 0, "09:42:00"),
            within("10:50", "10:55")
        );
    }

    #[test]
    fn a_window_that_is_over_is_not_told_any_more() {
        assert_eq!(
            tell("09:30:00", "09:41:59", 2, "09:42:00"),
            Expected::Untold
        );
    }

    #[test]
    fn without_a_known_time_zone_no_wrong_time_is_told() {
        let promise = promise("10:05:00", "10:15:00");
        let told = Expected::tell(Some(&promise), 3, at("09:42:00"), None);
        assert_eq!(told, Expected::Untold);
    }
}
