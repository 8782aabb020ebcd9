//! Since when what is wrong, and whether that is long enough to be told.
//!
//! Pure: conditions and an instant in, alerts out.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Alert, AlertCode, Condition};

/// LIMIT: alerts at the same time. A house in which more is wrong has one fault, and it is among these.
const ALERTS: usize = 500;

/// What was wrong at the last look, and since when.
#[derive(Debug, Default)]
pub(crate) struct Book(BTreeMap<(AlertCode, String), Timestamp>);

impl Book {
    /// Takes in what is wrong at `now`; what has lasted long enough, the oldest first.
    pub(crate) fn look(&mut self, conditions: Vec<Condition>, now: Timestamp) -> Vec<Alert> {
        let before = std::mem::take(&mut self.0);
        let mut alerts = Vec::new();
        for condition in conditions {
            let key = (condition.code, condition.at.clone());
            // Of a clock that was set back it is only known that it was so before.
            let since = before.get(&key).copied().unwrap_or(now).min(now);
            self.0.insert(key, since);
            if now.duration_since(since) >= patience(condition.code) {
                alerts.push(Alert { condition, since });
            }
        }
        alerts.sort_by(|one, other| order(one).cmp(&order(other)));
        alerts.truncate(ALERTS);
        alerts
    }
}

fn patience(code: AlertCode) -> jiff::SignedDuration {
    jiff::SignedDuration::try_from(code.patience()).unwrap_or_default()
}

fn order(alert: &Alert) -> (Timestamp, AlertCode, &str) {
    (alert.since, alert.condition.code, &alert.condition.at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).expect("a time")
    }

    fn away() -> Vec<Condition> {
        vec![Condition::at(AlertCode::DeviceAway, "display-1")]
    }

    #[test]
    fn a_device_that_restarts_is_no_alert_and_one_that_stays_away_is() {
        let mut book = Book::default();
        assert!(book.look(away(), at(0)).is_empty());
        assert!(book.look(away(), at(29)).is_empty());
        assert!(book.look(Vec::new(), at(29)).is_empty());
        assert!(book.look(away(), at(40)).is_empty(), "away anew");
        let alerts = book.look(away(), at(70));
        assert_eq!(alerts.len(), 1);
        assert_eq!(alerts[0].since, at(40));
        assert!(book.look(Vec::new(), at(71)).is_empty(), "over at once");
    }

    #[test]
    fn what_a_device_reports_is_told_at_once_and_keeps_its_beginning_when_its_words_change() {
        let mut book = Book::default();
        let fault = |words: &str| {
            let fault = Condition::at(AlertCode::DeviceFault, "printer-1");
            vec![fault.about(words.to_owned())]
        };
        assert_eq!(book.look(fault("no paper"), at(5)).len(), 1);
        let alerts = book.look(fault("cover open"), at(9));
        assert_eq!(alerts[0].since, at(5));
        assert_eq!(alerts[0].condition.about.as_deref(), Some("cover open"));
    }

    #[test]
    fn the_oldest_stand_first_and_there_are_never_too_many() {
        let mut book = Book::default();
        let old = Condition::at(AlertCode::PaperOut, "printer-9");
        book.look(vec![old.clone()], at(0));
        let mut all: Vec<_> = (0..2_000)
            .map(|n| Condition::at(AlertCode::PaperLow, &format!("printer-{n}")))
            .collect();
        all.push(old.clone());
        let alerts = book.look(all, at(1));
        assert_eq!(alerts.len(), ALERTS);
        assert_eq!(alerts[0].condition, old);
    }
}
