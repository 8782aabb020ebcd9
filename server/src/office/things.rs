//! What an office has, as its file says it: series, queues, services, areas, counters, closed days.

use std::collections::BTreeSet;

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;
use jiff::civil::Date;
use serde::Deserialize;

use super::calendar::{DateRule, DayRule, OneDate};
use super::rules::QueueRulesInFile;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Series {
    pub(crate) key: String,
    pub(crate) prefix: String,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) reuse_after_min: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Queue {
    pub(crate) key: String,
    pub(crate) series: String,
    pub(crate) max_waiting: u32,
    pub(crate) name: wire::Texts,
    #[serde(default)]
    pub(crate) neutral: bool,
    #[serde(default, with = "QueueRulesInFile")]
    pub(crate) rules: engine::QueueRules,
    /// When walk-ins may take a ticket; none: whenever the kiosk runs.
    pub(crate) hours: Option<Vec<DayRule>>,
    #[serde(default)]
    pub(crate) exceptions: Vec<DateRule>,
    /// When it takes appointments; none: the centre alone knows.
    pub(crate) appointments: Option<Vec<DayRule>>,
    #[serde(default)]
    pub(crate) appointment_exceptions: Vec<DateRule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) key: String,
    pub(crate) queue: String,
    /// Planned time at the counter: this or `duration_slots`.
    pub(crate) duration_min: Option<u32>,
    /// The same in appointments of its queue.
    pub(crate) duration_slots: Option<u32>,
    pub(crate) name: wire::Texts,
    #[serde(default)]
    pub(crate) hint: wire::Texts,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Area {
    pub(crate) key: String,
    pub(crate) name: wire::Texts,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counter {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) area: String,
    #[serde(rename = "skills")]
    pub(crate) written_skills: Option<BTreeSet<String>>,
    /// All services of these queues are skills, too.
    #[serde(default)]
    pub(crate) queues: BTreeSet<String>,
    /// Services, or queues for all of theirs.
    #[serde(default, rename = "helps_out")]
    pub(crate) written_helps_out: BTreeSet<String>,
    /// Every service that it offers, however that is written.
    #[serde(skip)]
    pub(crate) skills: BTreeSet<String>,
    /// Those of its skills that it takes only when nobody waits for another one.
    #[serde(skip)]
    pub(crate) helps_out: BTreeSet<String>,
    #[serde(default)]
    pub(crate) attributes: BTreeSet<engine::Need>,
    /// When somebody is planned to serve there; none: no plan.
    pub(crate) shifts: Option<Vec<DayRule>>,
    #[serde(default)]
    pub(crate) shift_exceptions: Vec<DateRule>,
    #[serde(default)]
    pub(crate) arrow: Option<Arrow>,
    #[serde(default)]
    pub(crate) way: wire::Texts,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Arrow {
    Left,
    Right,
    Up,
    Down,
    Ahead,
}

/// A day on which the whole house is closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holiday {
    pub(crate) date: OneDate,
    pub(crate) name: wire::Texts,
}

/// Days on which the house or some of its queues are closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closure {
    pub(crate) from: OneDate,
    /// The last closed day; none: `from` is the only one.
    pub(crate) to: Option<OneDate>,
    /// Empty: the whole house.
    #[serde(default)]
    pub(crate) queues: BTreeSet<String>,
    /// What the kiosk says.
    #[serde(default)]
    pub(crate) notice: wire::Texts,
}

impl Service {
    /// Planned minutes, in a queue whose appointments take `slot_min`.
    ///
    /// # Errors
    /// What to write, where they cannot be known.
    pub(super) fn minutes(&self, slot_min: Option<u16>) -> Result<u32, &'static str> {
        match (self.duration_min, self.duration_slots, slot_min) {
            (Some(minutes), None, _) => Ok(minutes),
            (None, Some(slots), Some(slot_min)) => Ok(slots.saturating_mul(u32::from(slot_min))),
            (None, Some(_), None) => Err(
                "has duration_slots, but its queue has no [[queues.appointments]] with a slot_min; write duration_min",
            ),
            (None, None, _) => Err("has no duration; write duration_min or duration_slots"),
            (Some(_), Some(_), _) => {
                Err("has both duration_min and duration_slots; write one of them")
            }
        }
    }
}

impl Queue {
    /// The length of its first appointments, in minutes.
    pub(super) fn slot_min(&self) -> Option<u16> {
        let first = self.appointments.as_ref()?.first()?;
        first.slot_min.filter(|minutes| *minutes > 0)
    }
}

impl Counter {
    pub(super) fn complete(&mut self, services: &[Service]) {
        let of_queue = |queue: &str| -> Vec<String> {
            let offered = services.iter().filter(|service| service.queue == queue);
            offered.map(|service| service.key.clone()).collect()
        };
        let meant = |name: &String| {
            let is_service = services.iter().any(|service| service.key == *name);
            if is_service {
                vec![name.clone()]
            } else {
                of_queue(name)
            }
        };
        self.helps_out = self.written_helps_out.iter().flat_map(meant).collect();
        self.skills = self.written_skills.clone().unwrap_or_default();
        self.skills
            .extend(self.queues.iter().flat_map(|queue| of_queue(queue)));
        self.skills.extend(self.helps_out.iter().cloned());
    }

    /// Whether nobody wrote what it offers, not even that it offers nothing.
    pub(super) fn says_no_service(&self) -> bool {
        self.written_skills.is_none() && self.queues.is_empty() && self.written_helps_out.is_empty()
    }
}

impl Closure {
    /// The last closed day.
    pub(super) fn last(&self) -> Date {
        self.to.unwrap_or(self.from).0
    }

    pub(super) fn closes(&self, queue: &str, date: Date) -> bool {
        let is_meant = self.queues.is_empty() || self.queues.contains(queue);
        is_meant && (self.from.0..=self.last()).contains(&date)
    }

    pub(super) fn is_silent(&self) -> bool {
        self.notice.is_empty()
    }
}
