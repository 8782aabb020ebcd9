//! Turns an instant to come into the way people say it: today at nine, tomorrow, on Monday, on a date.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Up to so many days ahead the name of the day alone says which one it is.
const DAYS_BY_NAME: i32 = 6;

/// When something will be, in the office's own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub day: Day,
    /// The time of day, such as `8:05`.
    pub time: String,
}

/// Which day, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Today,
    Tomorrow,
    /// Within the next days.
    Named(Weekday),
    /// Further away, or over.
    Dated(Date),
}

impl When {
    /// Says `at`, seen from the office's time `now`. Without a time zone nothing can be told rightly, so nothing is.
    pub(crate) fn tell(at: Timestamp, now: Timestamp, zone: Option<&TimeZone>) -> Option<Self> {
        let zone = zone?;
        let there = at.to_zoned(zone.clone());
        let today = now.to_zoned(zone.clone()).date();
        Some(Self {
            day: Day::seen_from(today, there.date()),
            time: there.strftime("%-H:%M").to_string(),
        })
    }
}

impl Day {
    fn seen_from(today: Date, date: Date) -> Self {
        let ahead = |days: i32| today.saturating_add(days.days());
        if date == today {
            Self::Today
        } else if date == ahead(1) {
            Self::Tomorrow
        } else if date > today && date <= ahead(DAYS_BY_NAME) {
            Self::Named(date.weekday())
        } else {
            Self::Dated(date)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(instant: &str) -> Timestamp {
        instant.parse().expect("an instant")
    }

    /// Seen from Monday, the 2nd of November 2026, 10:42 in Berlin.
    fn tell(instant: &str) -> When {
        let zone = TimeZone::get("Europe/Berlin").expect("the zone is known");
        When::tell(at(instant), at("2026-11-02T09:42:00Z"), Some(&zone)).expect("a zone is known")
    }

    #[test]
    fn the_same_day_is_told_by_its_time_alone() {
        let when = tell("2026-11-02T12:00:00Z");
        assert_eq!((when.day, &*when.time), (Day::Today, "13:00"));
    }

    #[test]
    fn the_offices_midnight_begins_the_next_day() {
        assert_eq!(tell("2026-11-02T22:59:00Z").day, Day::Today);
        let when = tell("2026-11-02T23:00:00Z");
        assert_eq!((when.day, &*when.time), (Day::Tomorrow, "0:00"));
    }

    #[test]
    fn a_day_of_the_next_six_is_named_and_the_same_weekday_a_week_later_has_its_date() {
        assert_eq!(
            tell("2026-11-04T07:00:00Z").day,
            Day::Named(Weekday::Wednesday)
        );
        assert_eq!(
            tell("2026-11-08T07:00:00Z").day,
            Day::Named(Weekday::Sunday)
        );
        assert_eq!(
            tell("2026-11-09T07:00:00Z").day,
            Day::Dated(date(2026, 11, 9))
        );
    }

    #[test]
    fn a_day_that_is_over_has_its_date() {
        assert_eq!(
            tell("2026-11-01T07:00:00Z").day,
            Day::Dated(date(2026, 11, 1))
        );
    }

    #[test]
    fn without_a_known_time_zone_nothing_wrong_is_told() {
        assert_eq!(
            When::tell(at("2026-11-02T12:00:00Z"), at("2026-11-02T09:42:00Z"), None),
            None
        );
    }
}
