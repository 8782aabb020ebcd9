//! What is told, and when: an alert that lasts, its end, and one that flaps not again and again.
//!
//! ```text
//!   alert ──lasts `after`──▶ told ──gone──▶ told over ──back and lasts, `again_after` since told──▶ told …
//! ```
//!
//! Pure: alerts and an instant in, news out.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::alerts::{Alert, AlertCode};
use crate::health::Part;

/// How soon, and how often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) after: SignedDuration,
    pub(super) again_after: SignedDuration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            after: SignedDuration::from_mins(1),
            again_after: SignedDuration::from_mins(30),
        }
    }
}

/// What is to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    pub(super) raised: Vec<Alert>,
    pub(super) over: Vec<Alert>,
}

impl News {
    pub(super) fn is_empty(&self) -> bool {
        self.raised.is_empty() && self.over.is_empty()
    }
}

/// What was told. No larger than what can be wrong: codes times devices and counters.
#[derive(Debug)]
pub(super) struct Due {
    rules: Rules,
    told: BTreeMap<(AlertCode, String), Told>,
}

#[derive(Debug)]
struct Told {
    alert: Alert,
    at: Timestamp,
    is_over: IsOver,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IsOver {
    Yes,
    No,
}

impl Due {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            told: BTreeMap::new(),
        }
    }

    /// Takes in the alerts of `now`.
    pub(super) fn look(&mut self, alerts: &[Alert], now: Timestamp) -> News {
        let mut news = News::default();
        self.ends(alerts, &mut news);
        let Rules { after, again_after } = self.rules;
        self.told.retain(|_, told| {
            told.is_over == IsOver::No || now.duration_since(told.at) < again_after
        });
        for alert in alerts.iter().filter(|alert| is_for_hooks(alert)) {
            let key = key(alert);
            let lasts = now.duration_since(alert.since) >= after;
            if !lasts || self.told.contains_key(&key) {
                continue;
            }
            news.raised.push(alert.clone());
            let told = Told {
                alert: alert.clone(),
                at: now,
                is_over: IsOver::No,
            };
            self.told.insert(key, told);
        }
        news
    }

    fn ends(&mut self, alerts: &[Alert], news: &mut News) {
        let present: std::collections::BTreeSet<_> = alerts.iter().map(key).collect();
        for (key, told) in &mut self.told {
            if told.is_over == IsOver::No && !present.contains(key) {
                told.is_over = IsOver::Yes;
                news.over.push(told.alert.clone());
            }
        }
    }
}

fn key(alert: &Alert) -> (AlertCode, String) {
    (alert.condition.code, alert.condition.at.clone())
}

/// That the hooks do not work is not told by the hooks.
fn is_for_hooks(alert: &Alert) -> bool {
    alert.condition.code != AlertCode::Server(Part::Hooks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::Condition;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + secs).expect("a time")
    }

    fn away(since: i64) -> Vec<Alert> {
        vec![Alert {
            condition: Condition::at(AlertCode::DeviceAway, "display-1"),
            since: at(since),
        }]
    }

    #[test]
    fn an_alert_that_lasts_is_told_once_and_its_end_once() {
        let mut due = Due::new(Rules::default());
        assert!(due.look(&away(0), at(59)).is_empty(), "it may be a restart");
        assert_eq!(due.look(&away(0), at(60)).raised, away(0));
        assert!(due.look(&away(0), at(4_000)).is_empty(), "told already");
        let news = due.look(&[], at(4_001));
        assert_eq!((news.raised.len(), news.over), (0, away(0)));
        assert!(due.look(&[], at(4_002)).is_empty());
        assert!(due.told.is_empty(), "and is forgotten");
    }

    #[test]
    fn one_that_is_over_before_it_lasted_is_never_told() {
        let mut due = Due::new(Rules::default());
        due.look(&away(0), at(30));
        assert!(due.look(&[], at(31)).is_empty());
    }

    #[test]
    fn one_that_flaps_is_told_every_half_hour_at_most() {
        let mut due = Due::new(Rules::default());
        let (mut raised, mut over) = (0, 0);
        // A minute and a half away, half a minute here, for three hours.
        for secs in 0..3 * 3_600 {
            let within = secs % 120;
            let alerts = if within < 90 {
                away(secs - within)
            } else {
                Vec::new()
            };
            let news = due.look(&alerts, at(secs));
            raised += news.raised.len();
            over += news.over.len();
        }
        assert_eq!((raised, over), (6, 6));
    }

    #[test]
    fn that_the_hooks_do_not_work_is_not_for_the_hooks() {
        let mut due = Due::new(Rules::default());
        let own = Alert {
            condition: Condition::at(AlertCode::Server(Part::Hooks), "server"),
            since: at(0),
        };
        assert!(due.look(&[own], at(600)).is_empty());
    }
}
