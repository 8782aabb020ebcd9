//! On which dates a rule falls. Dates only: no time of day, no time zone.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

/// The days on which a rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recurrence {
    /// These days of every week.
    Week { days: BTreeSet<Day> },
    /// These days of every `n`-th week, 2 to 52. Counted, year in, year out, from the week that
    /// contains `from`; weeks begin on Monday, and dates before `from` are out.
    Weeks {
        n: u8,
        days: BTreeSet<Day>,
        from: Date,
    },
    /// Each of these days in each of these places in the month. `which = ["first"]` with Monday
    /// and Tuesday is the first Monday and the first Tuesday, whichever comes first.
    Month {
        days: BTreeSet<Day>,
        which: BTreeSet<WeekOfMonth>,
    },
    /// These single dates.
    Dates { dates: BTreeSet<Date> },
}

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Day {
    #[serde(rename = "mon")]
    Monday,
    #[serde(rename = "tue")]
    Tuesday,
    #[serde(rename = "wed")]
    Wednesday,
    #[serde(rename = "thu")]
    Thursday,
    #[serde(rename = "fri")]
    Friday,
    #[serde(rename = "sat")]
    Saturday,
    #[serde(rename = "sun")]
    Sunday,
}

/// Which of the four or five same days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekOfMonth {
    First,
    Second,
    Third,
    Fourth,
    /// Months without a fifth such day have none.
    Fifth,
    /// The fourth or the fifth, whichever the month ends with.
    Last,
}

impl Recurrence {
    /// Whether the rule holds on this date.
    pub fn falls_on(&self, date: Date) -> bool {
        let day = Day::from(date.weekday());
        match self {
            Self::Week { days } => days.contains(&day),
            Self::Weeks { n, days, from } => {
                let weeks = week_of(date) - week_of(*from);
                date >= *from && days.contains(&day) && weeks.checked_rem(i64::from(*n)) == Some(0)
            }
            Self::Month { days, which } => {
                days.contains(&day) && which.iter().any(|week| week.contains(date))
            }
            Self::Dates { dates } => dates.contains(&date),
        }
    }
}

impl WeekOfMonth {
    fn contains(self, date: Date) -> bool {
        let nth = (date.day() - 1) / 7;
        match self {
            Self::First => nth == 0,
            Self::Second => nth == 1,
            Self::Third => nth == 2,
            Self::Fourth => nth == 3,
            Self::Fifth => nth == 4,
            Self::Last => date.day() + 7 > date.days_in_month(),
        }
    }
}

/// Weeks from Monday to Sunday, numbered without a break at a year's end.
fn week_of(day: Date) -> i64 {
    const SOME_MONDAY: Date = date(1970, 1, 5);
    const HOURS_OF_WEEK: i64 = 7 * 24;
    let hours = day.duration_since(SOME_MONDAY).as_hours();
    hours.div_euclid(HOURS_OF_WEEK)
}

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }
}
