//! From the local clock to instants, through both changes of a year.
//!
//! The office goes by the clock on its wall, so these hold in every zone:
//!
//! - A time that does not exist moves forward to the first instant that does: 02:30 in the night
//!   to summer time is the instant at which the clock shows 03:00. So order is kept, and a span
//!   that lies wholly in the missing hour has no length and falls away.
//! - In the hour that comes twice an opening is the first of the two instants and a closing the
//!   second: nobody finds a door shut while the clock shows a time at which it is open. 01:30 to
//!   02:30 is therefore two hours long in that night, and a break that lies wholly within the hour
//!   that comes twice falls away.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::{ClockTime, OpenSpan, Span};

/// This span on this date; none if nothing of it exists.
pub(super) fn open_span(date: Date, span: Span, zone: &TimeZone) -> Option<OpenSpan> {
    let from = opening(wall_clock(date, span.from)?, zone)?;
    let to = closing(wall_clock(date, span.to)?, zone)?;
    (from < to).then_some(OpenSpan { from, to })
}

/// 24:00 is 00:00 of the next date; none after the last date there is.
fn wall_clock(date: Date, time: ClockTime) -> Option<DateTime> {
    let midnight = date.to_datetime(Time::midnight());
    let since = SignedDuration::from_mins(i64::from(time.minutes()));
    midnight.checked_add(since).ok()
}

fn opening(wall_clock: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match first_after_gap(wall_clock, zone) {
        Some(first) => Some(first),
        None => zone.to_ambiguous_timestamp(wall_clock).earlier().ok(),
    }
}

fn closing(wall_clock: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match first_after_gap(wall_clock, zone) {
        Some(first) => Some(first),
        None => zone.to_ambiguous_timestamp(wall_clock).later().ok(),
    }
}

/// The change of the clock that leaps over this time; none if the time exists.
fn first_after_gap(wall_clock: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(wall_clock);
    let AmbiguousOffset::Gap { .. } = ambiguous.offset() else {
        return None;
    };
    // Read with the offset that follows, the time lies before the change.
    let before = ambiguous.earlier().ok()?;
    Some(zone.following(before).next()?.timestamp())
}
