//! What of a long log is worth saying again at the end.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// How a summary begins: the test runner's line, our own wall times, the demo's report.
const OPENINGS: &[&str] = &["Summary [", "Wall times of", "What each part saw"];

/// Everything from the first summary on; the last lines when there is none.
pub(super) fn of_log(log: &Path) -> Result<String> {
    let text = fs::read_to_string(log).with_context(|| format!("reading {}", log.display()))?;
    Ok(summary(&text))
}

fn summary(text: &str) -> String {
    const LAST_LINES: usize = 12;
    let lines: Vec<_> = text.lines().collect();
    let opens = |line: &&str| {
        OPENINGS
            .iter()
            .any(|opening| line.trim_start().starts_with(opening))
    };
    let from = lines
        .iter()
        .position(opens)
        .unwrap_or(lines.len().saturating_sub(LAST_LINES));
    lines[from..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_everything_from_its_first_line_on() {
        let log = "Compiling a\n  PASS b\n     Summary [ 3s] 2 tests run: 2 passed\n\nWall times of x\n  build";
        assert!(summary(log).starts_with("     Summary [") && summary(log).ends_with("build"));
    }

    #[test]
    fn a_log_without_a_summary_ends_with_its_last_lines() {
        let log: Vec<_> = (0..40).map(|line| line.to_string()).collect();
        assert_eq!(summary(&log.join("\n")).lines().next(), Some("28"));
    }
}
