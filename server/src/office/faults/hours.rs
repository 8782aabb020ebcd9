//! Faults of the hours of queues and of the shifts of counters, with the table in which they stand.

use aufruf_engine::hours::{FaultyHours, Place};
use jiff::civil::Date;

use super::Fault;
use crate::office::calendar::{self, DateRule, DayRule};
use crate::office::lines::Step::{self, Key, Nth};
use crate::office::things::{Counter, Queue};

/// The two tables of one kind of hours.
struct Tables<'a> {
    /// In which list of the file they stand, and whose they are there.
    list: &'static str,
    n: usize,
    /// The same in words: `queue "ids"`.
    of: &'a str,
    days_key: &'static str,
    days: Option<&'a [DayRule]>,
    dates_key: &'static str,
    dates: &'a [DateRule],
}

/// Every fault of one queue's hours; `n` is its place in the file.
pub(super) fn of_queue(n: usize, queue: &Queue) -> Vec<Fault> {
    let of = format!("queue {:?}", queue.key);
    let walk_ins = Tables {
        list: "queues",
        n,
        of: &of,
        days_key: "hours",
        days: queue.hours.as_deref(),
        dates_key: "exceptions",
        dates: &queue.exceptions,
    };
    let appointments = Tables {
        days_key: "appointments",
        days: queue.appointments.as_deref(),
        dates_key: "appointment_exceptions",
        dates: &queue.appointment_exceptions,
        ..walk_ins
    };
    let mut faults = walk_ins.faults_of_hours();
    faults.extend(appointments.faults_of_slots());
    faults.extend(without_closing(n, queue));
    faults
}

/// Every fault of one counter's shifts; `n` is its place in the file.
pub(super) fn of_counter(n: usize, counter: &Counter) -> Vec<Fault> {
    let shifts = Tables {
        list: "counters",
        n,
        of: &format!("counter {:?}", counter.key),
        days_key: "shifts",
        days: counter.shifts.as_deref(),
        dates_key: "shift_exceptions",
        dates: &counter.shift_exceptions,
    };
    shifts.faults_of_hours()
}

/// Rules that count from a closing that the queue does not have.
fn without_closing(n: usize, queue: &Queue) -> Vec<Fault> {
    let has_hours = queue.hours.is_some();
    let closes = has_hours || queue.appointments.is_some();
    let rules = [
        (
            "last_ticket_before_min",
            queue.rules.last_ticket_before_min > 0 && !has_hours,
            "no [[queues.hours]] say when it closes",
        ),
        (
            "overtime_min",
            queue.rules.overtime_min.is_some() && !closes,
            "neither [[queues.hours]] nor [[queues.appointments]] say when it closes",
        ),
    ];
    let idle = rules.into_iter().filter(|(_, is_idle, _)| *is_idle);
    let faults = idle.map(|(rule, _, why)| {
        let path = [Key("queues"), Nth(n), Key("rules"), Key(rule)];
        Fault::new(
            &path,
            format!("queue {:?} has {rule}, but {why}", queue.key),
        )
    });
    faults.collect()
}

impl Tables<'_> {
    /// Every fault of hours that have no slots.
    fn faults_of_hours(&self) -> Vec<Fault> {
        let hours = calendar::hours(self.days.unwrap_or_default(), self.dates);
        let mut faults = Vec::from_iter(self.without_days());
        faults.extend(self.unclear_days());
        faults.extend(self.with_slots());
        faults.extend(self.found(&hours.faults()));
        faults
    }

    /// Every fault of hours for appointments.
    fn faults_of_slots(&self) -> Vec<Fault> {
        let slots = calendar::appointments(self.days.unwrap_or_default(), self.dates);
        let mut faults = Vec::from_iter(self.without_days());
        faults.extend(self.unclear_days());
        faults.extend(self.contradictions());
        faults.extend(self.found(&slots.faults()));
        faults
    }

    /// The path to one of the two keys.
    fn path(&self, key: &'static str) -> Vec<Step> {
        vec![Key(self.list), Nth(self.n), Key(key)]
    }

    fn day_fault(&self, nth: usize, told: &str) -> Fault {
        let (of, days) = (self.of, self.days_key);
        let mut path = self.path(days);
        path.push(Nth(nth));
        Fault::new(&path, format!("{of}, {days} {}: {told}", nth + 1))
    }

    /// `nth` as far as it is known which of the date's tables is meant.
    fn date_fault(&self, nth: Option<usize>, date: Date, told: &str) -> Fault {
        let (of, dates) = (self.of, self.dates_key);
        let nth = nth.or_else(|| self.dates.iter().position(|other| other.date.0 == date));
        let mut path = self.path(dates);
        path.push(Nth(nth.unwrap_or(0)));
        Fault::new(&path, format!("{of}, {dates} {date}: {told}"))
    }

    /// Tables of days that are there and empty, or not there where dates differ from them.
    fn without_days(&self) -> Option<Fault> {
        let (list, days, dates) = (self.list, self.days_key, self.dates_key);
        let (key, told) = match self.days {
            Some([]) => (
                days,
                "is empty; leave it out, or write a table for some days".to_owned(),
            ),
            None if !self.dates.is_empty() => (
                dates,
                format!("differ from no {days}; write [[{list}.{days}]] too"),
            ),
            Some(_) | None => return None,
        };
        let told = format!("{}, {key} {told}", self.of);
        Some(Fault::new(&self.path(key), told))
    }

    fn unclear_days(&self) -> Vec<Fault> {
        let days = self.days.unwrap_or_default().iter().enumerate();
        let unclear = days.filter_map(|(nth, rule)| Some((nth, rule.when().err()?)));
        unclear
            .map(|(nth, told)| self.day_fault(nth, told))
            .collect()
    }

    /// Walk-ins and shifts have no slots.
    fn with_slots(&self) -> Vec<Fault> {
        let told = format!(
            "slot_min and counters are for appointments; write them in [[queues.appointments]] instead of [[{}.{}]]",
            self.list, self.days_key
        );
        let days = self.days.unwrap_or_default().iter().enumerate();
        let days = days.filter(|(_, rule)| rule.slot_min.is_some() || rule.counters.is_some());
        let days = days.map(|(nth, _)| self.day_fault(nth, &told));
        let dates = self.dates.iter().enumerate();
        let dates = dates.filter(|(_, rule)| rule.slot_min.is_some() || rule.counters.is_some());
        let dates = dates.map(|(nth, rule)| self.date_fault(Some(nth), rule.date.0, &told));
        days.chain(dates).collect()
    }

    /// Exceptions of one date add up, but not with one that says there is nothing.
    fn contradictions(&self) -> Vec<Fault> {
        let told =
            "open is empty here, but there is another exception for this date; keep one of them";
        let dates = self.dates.iter().enumerate();
        let closed = dates.filter(|(_, rule)| rule.open.is_empty());
        let twice = closed.filter(|(nth, rule)| {
            let mut others = self.dates.iter().enumerate();
            others.any(|(other, twin)| other != *nth && twin.date == rule.date)
        });
        twice
            .map(|(nth, rule)| self.date_fault(Some(nth), rule.date.0, told))
            .collect()
    }

    /// What the engine finds.
    fn found(&self, found: &[FaultyHours]) -> Vec<Fault> {
        let faults = found.iter().map(|fault| {
            let told = words(fault);
            match place(fault) {
                Some(Place::Opening(number) | Place::Slots(number)) => {
                    self.day_fault(number - 1, &told)
                }
                Some(Place::Exception(date)) => self.date_fault(None, date, &told),
                None => {
                    let (of, days) = (self.of, self.days_key);
                    Fault::new(&self.path(days), format!("{of}, {days}: {told}"))
                }
            }
        });
        faults.collect()
    }
}

fn place(fault: &FaultyHours) -> Option<Place> {
    match fault {
        FaultyHours::Backwards { place, .. }
        | FaultyHours::Overlap { place, .. }
        | FaultyHours::Weeks { place, .. }
        | FaultyHours::NeverValid { place, .. }
        | FaultyHours::TooShort { place, .. }
        | FaultyHours::TooManyIn { place, .. }
        | FaultyHours::NoSpans(place)
        | FaultyHours::NoDays(place)
        | FaultyHours::NoWeekOfMonth(place)
        | FaultyHours::NoDates(place)
        | FaultyHours::NoLength(place)
        | FaultyHours::NoCounters(place) => Some(*place),
        FaultyHours::Twice(date) => Some(Place::Exception(*date)),
        FaultyHours::TooMany { .. } => None,
    }
}

/// The engine's words, without its place and with the keys of this file.
fn words(fault: &FaultyHours) -> String {
    let plain = match fault {
        FaultyHours::Weeks { n, .. } => {
            return format!("every_weeks is {n}; write 2 to 52, or leave it out for every week");
        }
        FaultyHours::NoSpans(_) => "open is empty; write at least one span such as \"08:00-12:00\"",
        FaultyHours::NoDays(_) => "days is empty; name at least one of \"mon\" to \"sun\"",
        FaultyHours::NoDates(_) => "dates is empty; write at least one date",
        FaultyHours::NoWeekOfMonth(_) => {
            "weeks is empty; name at least one of \"first\" to \"fifth\" and \"last\""
        }
        FaultyHours::NoLength(_) => {
            "slot_min is missing or 0; write how many minutes an appointment takes"
        }
        FaultyHours::NoCounters(_) => {
            "counters is missing or 0; write how many appointments begin at a time"
        }
        FaultyHours::Backwards { .. }
        | FaultyHours::Overlap { .. }
        | FaultyHours::Twice(_)
        | FaultyHours::NeverValid { .. }
        | FaultyHours::TooShort { .. }
        | FaultyHours::TooMany { .. }
        | FaultyHours::TooManyIn { .. } => return without_place(fault),
    };
    plain.to_owned()
}

fn without_place(fault: &FaultyHours) -> String {
    let told = fault.to_string();
    let place = place(fault).map(|place| format!("{place}: "));
    let rest = place.and_then(|place| told.strip_prefix(&place).map(str::to_owned));
    rest.unwrap_or(told)
}
