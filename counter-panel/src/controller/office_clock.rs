//! The office's time between two words of the server.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Moment;

/// The way to here takes now longer and now shorter: no reason for a stopwatch to jump.
const NOTICEABLE: Duration = Duration::from_millis(250);

/// Goes on from the server's last word by steady time, so that setting the device's clock moves nothing.
#[derive(Debug, Default)]
pub(super) struct OfficeClock(Option<Told>);

#[derive(Debug, Clone, Copy)]
struct Told {
    office: Timestamp,
    at: Duration,
}

impl OfficeClock {
    /// The server has just told its time.
    pub(super) fn told(&mut self, office: Timestamp, now: Moment) {
        let difference = office.duration_since(self.now(now)).unsigned_abs();
        if self.0.is_none() || difference >= NOTICEABLE {
            let at = now.steady;
            self.0 = Some(Told { office, at });
        }
    }

    /// The office's time; the device's own before the server has told.
    pub(super) fn now(&self, now: Moment) -> Timestamp {
        let Some(told) = self.0 else {
            return now.wall;
        };
        let passed = now.steady.saturating_sub(told.at);
        told.office.checked_add(passed).unwrap_or(told.office)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_000_000 + millis).expect("a time after 1970")
    }

    fn at(steady_millis: u64) -> Moment {
        Moment {
            wall: Timestamp::UNIX_EPOCH,
            steady: Duration::from_millis(steady_millis),
        }
    }

    #[test]
    fn it_goes_on_by_itself_and_a_delayed_word_does_not_make_it_jump() {
        let mut clock = OfficeClock::default();
        clock.told(office(0), at(0));
        assert_eq!(clock.now(at(2_000)), office(2_000));
        clock.told(office(1_900), at(2_000));
        assert_eq!(clock.now(at(2_000)), office(2_000));
        clock.told(office(60_000), at(3_000));
        assert_eq!(clock.now(at(4_000)), office(61_000));
    }
}
