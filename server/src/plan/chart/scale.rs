//! Time from left to right: where an instant lies, and where full hours are.
//!
//! Pure: no clock.

use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Timestamp, Unit, ZonedRound};

use crate::plan::Sheet;

/// Of a visit that runs, this much at most is drawn.
const BEFORE: SignedDuration = SignedDuration::from_mins(30);
/// The chart begins and ends at a multiple of these, in seconds.
const BEGINS_AT: i64 = 600;
const ENDS_AT: i64 = 1_800;
/// No less time is drawn, in seconds.
const SHORTEST: i64 = 3_600;
/// As wide as the rest of a day is drawn where it can be, in pixels.
const WANTED: f64 = 1_800.0;
/// Pixels a minute: fewer, and no number fits on a visit; more, and nothing is won.
const LEAST: f64 = 2.5;
const MOST: f64 = 10.0;

/// What time is drawn, and how large.
#[derive(Debug)]
pub(super) struct Scale {
    from: i64,
    to: i64,
    px_per_sec: f64,
}

impl Scale {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let stays = sheet.rows.iter().flat_map(|row| &row.stays);
        let first = stays.map(|stay| stay.span.from).min();
        let first = first.map_or(sheet.at, |first| first.clamp(sheet.at - BEFORE, sheet.at));
        let from = first.as_second().div_euclid(BEGINS_AT) * BEGINS_AT;
        let to = -(-sheet.ends().as_second()).div_euclid(ENDS_AT) * ENDS_AT;
        let to = to.max(from + SHORTEST);
        let mut scale = Self {
            from,
            to,
            px_per_sec: 1.0,
        };
        let minutes = scale.width() / 60.0;
        scale.px_per_sec = (WANTED / minutes).clamp(LEAST, MOST) / 60.0;
        scale
    }

    /// The pixels of all time drawn.
    pub(super) fn width(&self) -> f64 {
        self.px(self.to)
    }

    /// How many pixels after the beginning; what lies outside is at the edge.
    pub(super) fn x(&self, at: Timestamp) -> f64 {
        self.px(at.as_second().clamp(self.from, self.to))
    }

    pub(super) fn shows(&self, at: Timestamp) -> bool {
        (self.from..=self.to).contains(&at.as_second())
    }

    /// Every full hour of the clock in `zone`, and the half hours between.
    pub(super) fn half_hours(&self, zone: &TimeZone) -> Vec<Timestamp> {
        let instant = |second| Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        let full = ZonedRound::new()
            .smallest(Unit::Hour)
            .mode(RoundMode::Floor);
        let begins = instant(self.from).to_zoned(zone.clone()).round(full);
        let begins = begins.map_or(self.from, |hour| hour.timestamp().as_second());
        let halves = (0..).map(|half| begins + half * ENDS_AT);
        let halves = halves.take_while(|second| *second <= self.to);
        halves
            .filter(|second| *second >= self.from)
            .map(instant)
            .collect()
    }

    /// Seconds of two days are exact.
    fn px(&self, second: i64) -> f64 {
        SignedDuration::from_secs(second - self.from).as_secs_f64() * self.px_per_sec
    }
}
