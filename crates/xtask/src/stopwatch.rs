//! Wall times of the steps of a chore.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Times steps one after the other and lists them at the end.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch {
    steps: Vec<(String, Duration)>,
}

impl Stopwatch {
    /// Runs `step` and notes how long it took, also when it failed.
    pub(crate) fn time<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        let started = now();
        let outcome = step();
        self.steps.push((name.to_owned(), started.elapsed()));
        outcome.with_context(|| format!("step `{name}` failed"))
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: Duration = self.steps.iter().map(|(_, took)| *took).sum();
        for (name, took) in self.steps.iter().map(|(name, took)| (name.as_str(), *took)) {
            writeln!(out, "  {name:<24} {}", minutes(took))?;
        }
        write!(out, "  {:<24} {}", "in all", minutes(total))
    }
}

fn minutes(took: Duration) -> String {
    let tenths = took.as_millis() / 100;
    format!(
        "{:>3} min {:>2}.{} s",
        tenths / 600,
        tenths / 10 % 60,
        tenths % 10
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "wall times of chores are what this module is for"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_failed_step_is_listed_too() {
        let mut stopwatch = Stopwatch::default();
        let outcome: Result<()> = stopwatch.time("nextest", || bail!("a test failed"));
        assert!(outcome.is_err());
        assert!(stopwatch.to_string().contains("nextest"));
    }

    #[test]
    fn times_are_minutes_and_tenths_of_seconds() {
        assert_eq!(minutes(Duration::from_millis(83_250)), "  1 min 23.2 s");
    }
}
