//! Hours as the office writes them: one form of table for days, one for single dates, the same for
//! walk-ins, for appointments and for the shifts of counters.
//!
//! Knows how they are written; what they mean on a date is `engine::hours`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use aufruf_engine::hours::{
    AppointmentException, AppointmentHours, ClockTime, Day, Exception, Hours, Opening, Recurrence,
    SlotBlock, Slots, Span, WeekOfMonth,
};
use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

/// `2026-12-24`
const DATE_LENGTH: usize = 10;

/// `[[queues.hours]]`, `[[queues.appointments]]` and `[[counters.shifts]]`: on which days, and when on
/// them.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DayRule {
    pub(super) days: Option<BTreeSet<Day>>,
    /// Only in these places in the month.
    pub(super) weeks: Option<BTreeSet<WeekOfMonth>>,
    /// Only every so many weeks, counted from the week of `from`.
    pub(super) every_weeks: Option<u8>,
    pub(super) from: Option<OneDate>,
    /// Single dates instead of days.
    pub(super) dates: Option<BTreeSet<OneDate>>,
    pub(super) open: Vec<OpenText>,
    pub(super) valid_from: Option<OneDate>,
    pub(super) valid_to: Option<OneDate>,
    /// Length of an appointment, in minutes. Appointments only.
    pub(super) slot_min: Option<u16>,
    /// How many appointments begin at a time. Appointments only.
    pub(super) counters: Option<u16>,
}

/// `[[queues.exceptions]]`, `[[queues.appointment_exceptions]]` and `[[counters.shift_exceptions]]`: one
/// date's hours in place of the usual ones.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateRule {
    pub(super) date: OneDate,
    /// None: closed.
    pub(super) open: Vec<OpenText>,
    pub(super) slot_min: Option<u16>,
    pub(super) counters: Option<u16>,
}

/// `2026-12-24`, with or without quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OneDate(pub(crate) Date);

/// `"08:00-12:00"`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpenText(pub(crate) Span);

impl DayRule {
    /// On which days it holds.
    ///
    /// # Errors
    /// What to write instead, where keys are missing or say different things.
    pub(super) fn when(&self) -> Result<Recurrence, &'static str> {
        let from = self.from.map(|date| date.0);
        match (&self.dates, &self.days, &self.weeks, self.every_weeks, from) {
            (None, None, ..) => Err("has neither days nor dates; write one of them"),
            (Some(dates), None, None, None, None) => {
                let dates = dates.iter().map(|date| date.0).collect();
                Ok(Recurrence::Dates { dates })
            }
            (Some(_), ..) => Err(
                "has dates and other days; dates stand alone, so write a second table for the other days",
            ),
            (None, Some(_), Some(_), Some(_), _) => {
                Err("has weeks and every_weeks; write one of them")
            }
            (None, Some(_), _, Some(_), None) => {
                Err("has every_weeks without from; write a date of the first such week")
            }
            (None, Some(_), _, None, Some(_)) => Err(
                "has from without every_weeks; write every_weeks, or valid_from for the first date of this rule",
            ),
            (None, Some(days), None, None, None) => Ok(Recurrence::Week { days: days.clone() }),
            (None, Some(days), Some(which), None, None) => Ok(Recurrence::Month {
                days: days.clone(),
                which: which.clone(),
            }),
            (None, Some(days), None, Some(n), Some(from)) => Ok(Recurrence::Weeks {
                n,
                days: days.clone(),
                from,
            }),
        }
    }

    /// The same for the engine. A rule that says no days holds on none: `faults` tells of it, and
    /// its document does not come into use.
    fn falls(&self) -> Recurrence {
        let long_ago = BTreeSet::from([Date::MIN]);
        self.when().unwrap_or(Recurrence::Dates { dates: long_ago })
    }

    fn opening(&self) -> Opening {
        Opening {
            when: self.falls(),
            spans: spans(&self.open),
            valid_from: self.valid_from.map(|date| date.0),
            valid_to: self.valid_to.map(|date| date.0),
        }
    }

    /// What is missing is 0, which the engine tells of.
    fn slots(&self) -> Slots {
        let opening = self.opening();
        Slots {
            when: opening.when,
            spans: opening.spans,
            valid_from: opening.valid_from,
            valid_to: opening.valid_to,
            slot_min: self.slot_min.unwrap_or(0),
            counters: self.counters.unwrap_or(0),
        }
    }
}

/// Hours for walk-ins and shifts, as the engine has them.
pub(super) fn hours(rules: &[DayRule], exceptions: &[DateRule]) -> Hours {
    let exceptions = exceptions.iter().map(|exception| Exception {
        date: exception.date.0,
        spans: spans(&exception.open),
    });
    Hours {
        openings: rules.iter().map(DayRule::opening).collect(),
        exceptions: exceptions.collect(),
    }
}

/// Hours for appointments, as the engine has them. Exceptions of the same date add up, as rules of
/// the same day do.
pub(super) fn appointments(rules: &[DayRule], exceptions: &[DateRule]) -> AppointmentHours {
    let mut blocks_on = BTreeMap::<Date, Vec<SlotBlock>>::new();
    for exception in exceptions {
        let blocks = blocks_on.entry(exception.date.0).or_default();
        if !exception.open.is_empty() {
            blocks.push(SlotBlock {
                spans: spans(&exception.open),
                slot_min: exception.slot_min.unwrap_or(0),
                counters: exception.counters.unwrap_or(0),
            });
        }
    }
    let exceptions = blocks_on.into_iter();
    AppointmentHours {
        slots: rules.iter().map(DayRule::slots).collect(),
        exceptions: exceptions
            .map(|(date, blocks)| AppointmentException { date, blocks })
            .collect(),
    }
}

fn spans(open: &[OpenText]) -> Vec<Span> {
    open.iter().map(|text| text.0).collect()
}

impl FromStr for OpenText {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A dash that a text program made of the hyphen is meant as one.
        let (from, to) = text
            .split_once(['-', '–'])
            .ok_or_else(|| format!("{text:?} is no span of time; write it as \"08:00-12:00\""))?;
        let time = |text: &str| {
            let time: Result<ClockTime, _> = text.trim().parse();
            time.map_err(|fault| fault.to_string())
        };
        Ok(Self(Span {
            from: time(from)?,
            to: time(to)?,
        }))
    }
}

impl<'de> Deserialize<'de> for OpenText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for OneDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = OneDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2026-12-24")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneDate, E> {
        // A date with a time of day would be read as one, too.
        let date = text.parse().ok().filter(|_| text.len() == DATE_LENGTH);
        date.map(OneDate)
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(text), &self))
    }

    /// TOML's own dates come as a map that only `toml` can read.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneDate, A::Error> {
        let written = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
        let text = written.to_string();
        self.visit_str(&text)
    }
}
