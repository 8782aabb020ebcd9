//! The office's time. The only place that asks the machine for it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};

/// No office stays closed for so long without anybody starting its server: a clock that says so may be wrong.
const LONG_CLOSED: SignedDuration = SignedDuration::from_hours(14 * 24);
/// What the service manager makes once the clock was set by the network.
pub(crate) const CLOCK_IS_SET: &str = "/run/systemd/timesync/synchronized";
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

    /// What speaks against this clock by what is on disk.
    fn doubt(&self) -> Option<Doubt> {
        None
    }
}

/// A clock that does not fit to the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// So far behind the last record: until it has caught up, no time passes for anybody who waits.
    Behind(SignedDuration),
    /// So far ahead of it, and nothing says that the clock was set by the network.
    FarAhead(SignedDuration),
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

    /// Whether the network has set the clock since the machine was started, as far as anybody knows.
    fn is_set(&self) -> bool {
        false
    }
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

    fn is_set(&self) -> bool {
        std::path::Path::new(CLOCK_IS_SET).exists()
    }
}

/// The last moment at which both were believed.
#[derive(Debug, Clone, Copy)]
struct Course {
    wall: Timestamp,
    since_boot: Duration,
    jump: Option<SignedDuration>,
    /// Whether the clock was set by the network when the course began.
    was_set: bool,
    /// The journal's last record at the start.
    last_record: Option<Timestamp>,
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
            was_set: source.is_set(),
            last_record: None,
        };
        Self {
            source,
            course: Mutex::new(course),
        }
    }

    /// Compares with the last record of the journal from now on.
    pub fn compare_with(&self, last_record: Timestamp) {
        self.course().last_record = Some(last_record);
    }

    // A course is whole whoever panicked beside it.
    fn course(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: TimeSource> Clock for SteadyClock<S> {
    fn now(&self) -> Timestamp {
        let mut course = self.course();
        let (wall, since_boot) = (self.source.wall(), self.source.since_boot());
        let gone = since_boot.saturating_sub(course.since_boot);
        let gone = SignedDuration::try_from(gone).unwrap_or(SignedDuration::MAX);
        let expected = course.wall.saturating_add(gone).unwrap_or(wall);
        let off = wall.duration_since(expected);
        // A box without a battery starts in the past until the network sets its clock, once.
        let is_first_set = !off.is_negative() && !course.was_set && self.source.is_set();
        if off.abs() <= SET_RIGHT || is_first_set {
            // Followed in small steps, however far a clock drifts in months.
            *course = Course {
                wall,
                since_boot,
                jump: None,
                was_set: course.was_set || is_first_set,
                last_record: course.last_record,
            };
            return wall;
        }
        course.jump = Some(off);
        Timestamp::from_millisecond(expected.as_millisecond()).unwrap_or(expected)
    }

    fn jump(&self) -> Option<SignedDuration> {
        self.now();
        self.course().jump
    }

    fn doubt(&self) -> Option<Doubt> {
        let now = self.now();
        let last = self.course().last_record?;
        let ahead = now.duration_since(last);
        if ahead < -SET_RIGHT {
            return Some(Doubt::Behind(-ahead));
        }
        let is_far = ahead > LONG_CLOSED && last > Timestamp::UNIX_EPOCH;
        (is_far && !self.source.is_set()).then_some(Doubt::FarAhead(ahead))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A machine whose clock can be set and that can be left alone for a while.
    #[derive(Debug, Clone)]
    struct Box(Arc<Mutex<(Timestamp, Duration, bool)>>);

    impl Box {
        fn starts() -> Self {
            let at = "2026-11-23T08:00:00Z".parse().expect("a time");
            Self(Arc::new(Mutex::new((at, Duration::from_hours(100), false))))
        }

        fn runs(&self, minutes: u64) {
            let mut times = self.0.lock().expect("one thread");
            times.0 += Duration::from_mins(minutes);
            times.1 += Duration::from_mins(minutes);
        }

        fn is_set(&self, by: SignedDuration) {
            self.0.lock().expect("one thread").0 += by;
        }

        fn is_set_by_network(&self, by: SignedDuration) {
            self.is_set(by);
            self.0.lock().expect("one thread").2 = true;
        }
    }

    impl TimeSource for Box {
        fn wall(&self) -> Timestamp {
            self.0.lock().expect("one thread").0
        }

        fn since_boot(&self) -> Duration {
            self.0.lock().expect("one thread").1
        }

        fn is_set(&self) -> bool {
            self.0.lock().expect("one thread").2
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

    #[test]
    fn a_box_without_a_battery_takes_the_networks_time_once_and_only_forward() {
        let machine = Box::starts();
        let clock = SteadyClock::of(machine.clone());
        machine.is_set_by_network(SignedDuration::from_hours(30));
        assert_eq!((clock.now(), clock.jump()), (machine.wall(), None));
        machine.is_set_by_network(SignedDuration::from_hours(24));
        assert!(clock.jump().is_some(), "a second time it is a jump");

        let machine = Box::starts();
        let clock = SteadyClock::of(machine.clone());
        machine.is_set_by_network(SignedDuration::from_hours(-1));
        assert_eq!(clock.now(), at("08:00:00"));
    }

    #[test]
    fn a_clock_that_does_not_fit_to_the_journal_is_told() {
        let machine = Box::starts();
        let clock = SteadyClock::of(machine.clone());
        assert_eq!(clock.doubt(), None, "nothing to compare with");
        clock.compare_with(at("08:10:00"));
        let behind = SignedDuration::from_mins(10);
        assert_eq!(clock.doubt(), Some(Doubt::Behind(behind)));
        machine.runs(10);
        assert_eq!(clock.doubt(), None, "it has caught up");

        let month = SignedDuration::from_hours(30 * 24);
        clock.compare_with(at("08:10:00") - month);
        assert_eq!(clock.doubt(), Some(Doubt::FarAhead(month)));
        machine.is_set_by_network(SignedDuration::ZERO);
        assert_eq!(clock.doubt(), None, "the network knows better");
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
