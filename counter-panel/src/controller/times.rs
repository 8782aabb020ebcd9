//! Instants and spans in the words of a clock: figures only, no language.

use aufruf_protocol::latest::Promise;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Writes times as the clock on the office's wall shows them.
#[derive(Debug, Clone)]
pub(super) struct Times {
    zone: TimeZone,
}

impl Times {
    /// An unknown zone reads as UTC: a wrong hour is seen at once, a dead panel helps nobody.
    pub(super) fn in_zone(name: &str) -> Self {
        Self {
            zone: TimeZone::get(name).unwrap_or(TimeZone::UTC),
        }
    }

    /// `7:05`, `10:42`.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone())
            .strftime("%-H:%M")
            .to_string()
    }

    /// `10:35–10:45`; one time where both ends fall into the same minute.
    pub(super) fn window(&self, promise: &Promise) -> String {
        let (low, high) = (self.clock(promise.low), self.clock(promise.high));
        if low == high {
            low
        } else {
            format!("{low}–{high}")
        }
    }
}

/// `0:18`, `12:05`, `1:02:03`. A clock that ran ahead reads as nothing passed.
pub(super) fn stopwatch(from: Timestamp, now: Timestamp) -> String {
    let secs = passed(from, now).as_secs();
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

/// Whole minutes from one instant to another, never below zero.
pub(super) fn minutes(from: Timestamp, to: Timestamp) -> i32 {
    i32::try_from(passed(from, to).as_mins()).unwrap_or(i32::MAX)
}

fn passed(from: Timestamp, to: Timestamp) -> SignedDuration {
    to.duration_since(from).max(SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_clock_follows_the_offices_zone_across_the_end_of_summer_time() {
        let times = Times::in_zone("Europe/Berlin");
        assert_eq!(times.clock(at("2026-10-25T00:30:00Z")), "2:30");
        assert_eq!(times.clock(at("2026-10-25T01:30:00Z")), "2:30");
        assert_eq!(times.clock(at("2026-10-25T06:05:00Z")), "7:05");
    }

    #[test]
    fn a_zone_nobody_knows_reads_as_utc() {
        let times = Times::in_zone("Middle/Earth");
        assert_eq!(times.clock(at("2026-10-25T06:05:00Z")), "6:05");
    }

    #[test]
    fn a_window_within_one_minute_is_one_time() {
        let times = Times::in_zone("UTC");
        let promise = |high: &str| Promise {
            low: at("2026-11-02T10:35:00Z"),
            mid: at("2026-11-02T10:35:20Z"),
            high: at(high),
        };
        assert_eq!(
            times.window(&promise("2026-11-02T10:45:00Z")),
            "10:35–10:45"
        );
        assert_eq!(times.window(&promise("2026-11-02T10:35:50Z")), "10:35");
    }

    #[test]
    fn a_stopwatch_shows_hours_only_when_there_are_any_and_never_runs_backwards() {
        let start = at("2026-11-02T10:00:00Z");
        assert_eq!(stopwatch(start, at("2026-11-02T10:00:18Z")), "0:18");
        assert_eq!(stopwatch(start, at("2026-11-02T11:02:03Z")), "1:02:03");
        assert_eq!(stopwatch(start, at("2026-11-02T09:00:00Z")), "0:00");
    }
}
