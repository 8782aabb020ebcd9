//! What screens need to know of the office: names, texts, ways. Sent once with `welcome`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AreaKey, CounterKey, Language, Need, QueueKey, ServiceKey, Texts, Way};

/// The office as its screens see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeInfo {
    /// The version of the configuration this was taken from.
    pub version: u64,
    pub name: Texts,
    /// In the order in which a kiosk offers them; the first is the office's own.
    pub languages: Vec<Language>,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    /// The word before a counter's name: Platz, Schalter, Room.
    pub counter_word: Texts,
    pub queues: Vec<QueueInfo>,
    pub services: Vec<ServiceInfo>,
    pub counters: Vec<CounterInfo>,
    pub areas: Vec<AreaInfo>,
    /// A step can be undone for this long, in seconds.
    #[serde(default)]
    pub undo_within_secs: u32,
}

impl OfficeInfo {
    pub fn queue(&self, key: &QueueKey) -> Option<&QueueInfo> {
        self.queues.iter().find(|queue| &queue.key == key)
    }

    pub fn service(&self, key: &ServiceKey) -> Option<&ServiceInfo> {
        self.services.iter().find(|service| &service.key == key)
    }

    pub fn counter(&self, key: &CounterKey) -> Option<&CounterInfo> {
        self.counters.iter().find(|counter| &counter.key == key)
    }

    pub fn area(&self, key: &AreaKey) -> Option<&AreaInfo> {
        self.areas.iter().find(|area| &area.key == key)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueInfo {
    pub key: QueueKey,
    pub name: Texts,
    /// The letter before its numbers.
    pub prefix: String,
    /// A neutral queue's name and services are not shown where others can see them.
    #[serde(default)]
    pub neutral: bool,
    /// People with an appointment report when they come.
    #[serde(default)]
    pub checks_in: bool,
    /// A visitor may leave the line for at most this long, in minutes.
    #[serde(default)]
    pub pause_max_min: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceInfo {
    pub key: ServiceKey,
    pub queue: QueueKey,
    pub name: Texts,
    /// One line that tells what belongs to it.
    #[serde(default)]
    pub hint: Texts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CounterInfo {
    pub key: CounterKey,
    /// What stands on its sign: `4`, `A12`, `Info`.
    pub name: String,
    pub way: Way,
    pub area: AreaKey,
    /// The services that it offers.
    pub skills: Vec<ServiceKey>,
    /// What it has for people who need it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Need>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AreaInfo {
    pub key: AreaKey,
    pub name: Texts,
}
