//! The office's time. The only place that asks the machine for it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};

/// A clock that is off by no more than this was set right, not set wrong.
const SET_RIGHT: SignedDuration = SignedDuration::from_secs(60);

/// Tells the time. In pure code the time is an argument; the shell asks here.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant, in whole milliseconds.
    fn now(&self) -> Timestamp;

    /// How far the machine's clock has jumped ahead of this one, or back where it is negative. None where
    /// both agree.
    fn jump(&self) -> Option<SignedDuration> {
        None
    }
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        // Records keep milliseconds, so nothing finer is ever decided on.
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

/// The machine's clock, as long as it does not jump. A day is closed and people are told that they wait too
/// long by the clock: so one that is suddenly an hour or a day off is not believed. The office's time goes
/// on by the time since the machine was started, which nobody can set, until both agree again or the server is
/// started anew.
#[derive(Debug)]
pub struct SteadyClock<S = Machine> {
    source: S,
    course: Mutex<Course>,
}

/// Where a steady clock takes the time from.
pub trait TimeSource: Send + Sync + std::fmt::Debug {
    /// What the machine takes for the present.
    fn wall(&self) -> Timestamp;

    /// The time since the machine was started, asleep or not.
    fn since_boot(&self) -> Duration;
}

/// The machine that this runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl TimeSource for Machine {
    fn wall(&self) -> Timestamp {
        SystemClock.now()
    }

    fn since_boot(&self) -> Duration {
        let time = clock_gettime(ClockId::Boottime);
        let (secs, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
        Duration::new(secs.unwrap_or(0), nanos.unwrap_or(0))
    }
}

/// The last moment at which both were believed.
#[derive(Debug, Clone, Copy)]
struct Course {
    wall: Timestamp,
    since_boot: Duration,
    jump: Option<SignedDuration>,
}

impl Default for SteadyClock {
    fn default() -> Self {
        Self::of(Machine)
    }
}

impl<S: TimeSource> SteadyClock<S> {
    /// Believes the clock of `source` as it is now.
    pub fn of(source: S) -> Self {
        let course = Course {
            wall: source.wall(),
            since_boot: source.since_boot(),
            jump: None,
        };
        Self {
            source,
            course: Mutex::new(course),
        }
    }
}

impl<S: TimeSource> Clock for SteadyClock<S> {
    fn now(&self) -> Timestamp {
        // A course is whole whoever panicked beside it.
        let mut course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        let (wall, since_boot) = (self.source.wall(), self.source.since_boot());
        let gone = since_boot.saturating_sub(course.since_boot);
        let gone = SignedDuration::try_from(gone).unwrap_or(SignedDuration::MAX);
        let expected = course.wall.saturating_add(gone).unwrap_or(wall);
        let off = wall.duration_since(expected);
        if off.abs() <= SET_RIGHT {
            // Followed in small steps, however far a clock drifts in months.
            *course = Course {
                wall,
                since_boot,
                jump: None,
            };
            return wall;
        }
        course.jump = Some(off);
        Timestamp::from_millisecond(expected.as_millisecond()).unwrap_or(expected)
    }

    fn jump(&self) -> Option<SignedDuration> {
        self.now();
        let course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        course.jump
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A machine whose clock can be set and that can be left alone for a while.
    #[derive(Debug, Clone)]
    struct Box(Arc<Mutex<(Timestamp, Duration)>>);

    impl Box {
        fn starts() -> Self {
            let at = "2026-11-23T08:00:00Z".parse().expect("a time");
            Self(Arc::new(Mutex::new((at, Duration::from_hours(100)))))
        }

        fn runs(&self, minutes: u64) {
            let mut times = self.0.lock().expect("one thread");
            times.0 += Duration::from_mins(minutes);
            times.1 += Duration::from_mins(minutes);
        }

        fn is_set(&self, by: SignedDuration) {
            self.0.lock().expect("one thread").0 += by;
        }
    }

    impl TimeSource for Box {
        fn wall(&self) -> Timestamp {
            self.0.lock().expect("one thread").0
        }

        fn since_boot(&self) -> Duration {
            self.0.lock().expect("one thread").1
        }
    }

    fn at(time: &str) -> Timestamp {
        format!("2026-11-23T{time}Z").parse().expect("a time")
    }

    #[test]
    fn a_clock_that_jumps_is_not_followed_and_is_told() {
        for by in [
            SignedDuration::from_hours(24),
            SignedDuration::from_hours(-1),
        ] {
            let machine = Box::starts();
            let clock = SteadyClock::of(machine.clone());
            machine.runs(10);
            machine.is_set(by);
            assert_eq!(clock.now(), at("08:10:00"));
            assert_eq!(clock.jump(), Some(by));
            machine.runs(5);
            assert_eq!(clock.now(), at("08:15:00"), "time goes on");
            machine.is_set(-by);
            assert_eq!((clock.now(), clock.jump()), (at("08:15:00"), None));
        }
    }

    #[test]
    fn a_clock_that_is_set_right_is_followed_however_often() {
        let machine = Box::starts();
        let clock = SteadyClock::of(machine.clone());
        for _ in 0..10 {
            machine.runs(60);
            machine.is_set(SignedDuration::from_secs(50));
            assert_eq!((clock.now(), clock.jump()), (machine.wall(), None));
        }
    }

    /// The time since the start counts sleep: a box that was closed over night has not jumped.
    #[test]
    fn a_box_that_slept_goes_by_the_clock() {
        let machine = Box::starts();
        let clock = SteadyClock::of(machine.clone());
        machine.runs(14 * 60);
        assert_eq!((clock.now(), clock.jump()), (at("22:00:00"), None));
    }

    #[test]
    fn the_machine_itself_agrees_with_its_clock() {
        let clock = SteadyClock::default();
        let off = SystemClock.now().duration_since(clock.now()).abs();
        assert!(off < SignedDuration::from_secs(5), "{off}");
        assert_eq!(clock.jump(), None);
    }
}
