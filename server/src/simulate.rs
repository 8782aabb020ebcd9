//! A whole office day, replayed in virtual time through the engine: what would have happened to
//! each of its visitors. For measuring the order of calls and the promise.
//!
//! Owns the day's format and what people and clerks do by themselves: come, wait, leave, call, serve,
//! take a break. Decides nothing that the engine decides, and never moves the state by anything but
//! a command.
//!
//! ```text
//! Day::parse ──▶ Office (shipped rules) ──▶ Replay: agenda ──next second──▶ visits end, shifts change,
//!                                              ▲                            people report
//!                                              └──── when a visit ends ◀──── free counters call
//! ```
//!
//! What is still to come of a day lies in the agenda, never in the state: the engine sees nobody
//! before they come.
//!
//! Pure: no clock, I/O, randomness; the same day gives the same lines.

mod agenda;
mod day;
mod desk;
mod line;
mod office;
mod replay;
mod roster;
mod seconds;
mod visitor;
mod window;

pub use day::{Day, FaultyDay};
pub use line::{CallInVain, Line, Outcome, Sums, Told};
pub use replay::Broken;

use aufruf_engine::hours::ClockTime;
use aufruf_engine::{HouseRules, State};
use jiff::Timestamp;

/// Replays `day` in an office with `rules` and else the rules that the product ships. One line for
/// every visitor: appointments first, then walk-ins, each in the order of the file.
///
/// # Errors
/// [`Broken`] where the engine says no to what a sound day asks of it, or somebody is never seen to.
pub fn replay(day: &Day, rules: HouseRules) -> Result<Vec<Line>, Broken> {
    replay::Replay::new(day, office::of(day, rules)).run()
}

/// How `day` stands at a time of it, when everything up to then has happened, and which instant that is.
/// 24:00 is the last second of the day: then nothing more can happen.
///
/// # Errors
/// As [`replay`], for what happens up to then.
pub fn state_at(day: &Day, rules: HouseRules, at: ClockTime) -> Result<(State, Timestamp), Broken> {
    let second = i64::from(at.minutes()) * 60;
    let second = second.min(seconds::MIDNIGHT - 1);
    let state = replay::Replay::new(day, office::of(day, rules)).state_at(second)?;
    Ok((state, seconds::instant(second)))
}

#[cfg(test)]
mod tests;
