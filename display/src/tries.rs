//! Spaces out the tries to open a sound card that is not there: each one makes the system's sound
//! library write a handful of lines into the log, and a busy office calls every few seconds.

use std::time::Duration;

/// A card that was plugged in again sounds after this at the latest.
const BETWEEN_TRIES: Duration = Duration::from_mins(1);

/// What became of the last try.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    failed: Option<(Duration, String)>,
}

impl Tries {
    /// Tries, unless a try has failed within the last minute: then it fails again in the same words.
    /// `now` is the time since some fixed moment.
    pub(crate) fn attempt<T>(
        &mut self,
        now: Duration,
        attempt: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        if let Some((at, fault)) = &self.failed
            && now.saturating_sub(*at) < BETWEEN_TRIES
        {
            return Err(fault.clone());
        }
        let outcome = attempt();
        let fault = outcome.as_ref().err();
        self.failed = fault.map(|fault| (now, fault.clone()));
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: &str = "there is no card";

    #[test]
    fn a_missing_card_is_looked_for_once_a_minute_however_many_are_called() {
        let mut tries = Tries::default();
        let mut looked = 0;
        for second in 0..=120 {
            let outcome: Result<(), _> = tries.attempt(Duration::from_secs(second), || {
                looked += 1;
                Err(MISSING.to_owned())
            });
            assert_eq!(outcome, Err(MISSING.to_owned()));
        }
        assert_eq!(looked, 3);
    }

    #[test]
    fn a_card_that_is_there_is_opened_each_time_and_one_that_comes_back_is_found() {
        let mut tries = Tries::default();
        let missing: Result<(), _> = tries.attempt(Duration::ZERO, || Err(MISSING.to_owned()));
        assert!(missing.is_err());
        for second in [60, 61, 62] {
            let opened = tries.attempt(Duration::from_secs(second), || Ok(second));
            assert_eq!(opened, Ok(second));
        }
    }
}
