//! How long to wait before the next try: longer each time, never the same for two devices, never
//! more than five seconds, and never given up.

use std::time::Duration;

const FIRST_CEILING: Duration = Duration::from_millis(400);
const LAST_CEILING: Duration = Duration::from_secs(5);

/// Jittered exponential waits between 200 ms and 5 s.
#[derive(Debug)]
pub struct Backoff {
    ceiling: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            ceiling: FIRST_CEILING,
        }
    }
}

impl Backoff {
    /// The next wait: somewhere between half the ceiling and all of it. `dice` is any random number.
    pub fn next_wait(&mut self, dice: u32) -> Duration {
        let half = self.ceiling / 2;
        self.ceiling = (self.ceiling * 2).min(LAST_CEILING);
        half + half.mul_f64(f64::from(dice) / f64::from(u32::MAX))
    }

    /// The line was good: begin with short waits again.
    pub fn reset(&mut self) {
        self.ceiling = FIRST_CEILING;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_200_ms_to_5_s_and_stay_there() {
        let mut short = Backoff::default();
        let mut long = Backoff::default();
        assert_eq!(short.next_wait(0), Duration::from_millis(200));
        assert_eq!(long.next_wait(u32::MAX), Duration::from_millis(400));
        for _ in 0..20 {
            short.next_wait(0);
            long.next_wait(u32::MAX);
        }
        assert_eq!(short.next_wait(0), Duration::from_millis(2_500));
        assert_eq!(long.next_wait(u32::MAX), Duration::from_secs(5));
        long.reset();
        assert_eq!(long.next_wait(0), Duration::from_millis(200));
    }
}
