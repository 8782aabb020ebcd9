//! A time of day as it hangs on the office's door: hours and minutes, nothing finer.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

const MINUTES_OF_DAY: u16 = 24 * 60;

/// Minutes since local midnight, 0 to 1440, written `08:00`. `24:00` is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(u16);

/// A text that is no time of day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no time of day; write two digits each, from \"00:00\" to \"24:00\"")]
pub struct FaultyClockTime(String);

impl ClockTime {
    /// None for what no clock shows; 24:00 is allowed.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        let minutes = u16::from(hour) * 60 + u16::from(minute);
        (minute < 60 && minutes <= MINUTES_OF_DAY).then_some(Self(minutes))
    }

    /// Minutes since local midnight, as the clock counts them on a day without a change.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for ClockTime {
    type Err = FaultyClockTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (hour, minute) = text.split_once(':')?;
            Self::new(two_digits(hour)?, two_digits(minute)?)
        };
        parse().ok_or_else(|| FaultyClockTime(text.to_owned()))
    }
}

impl TryFrom<String> for ClockTime {
    type Error = FaultyClockTime;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

/// Stricter than `u8`'s own parser, which takes `+8` and `8`: one time has one way to be written.
fn two_digits(text: &str) -> Option<u8> {
    let well_formed = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if well_formed { text.parse().ok() } else { None }
}
