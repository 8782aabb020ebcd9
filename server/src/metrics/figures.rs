//! How the office stands at one moment, and how that is written. The view task draws it up when somebody
//! asks: so it is right after a restart and after a step that was taken back.

use std::fmt;

use prometheus_client::encoding::{EncodeLabelSet, EncodeMetric, MetricEncoder};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::{Metric, Registry, Unit};

use super::NAMES_BEGIN_WITH;
use crate::alerts::Alerts;

/// The office in figures.
#[derive(Debug, Default)]
pub struct Figures {
    pub(crate) queues: Vec<QueueFigures>,
    /// How many counters are in each mode.
    pub(crate) counters: Vec<(&'static str, i64)>,
    /// Visitors who are called now and stand on no display yet.
    pub(crate) calls_unpainted: i64,
    /// Every device that was let in.
    pub(crate) devices: Vec<DeviceFigures>,
    /// Whether a part of the server itself has a fault.
    pub(crate) own_faults: Vec<(&'static str, i64)>,
    /// The number of the last record that was followed.
    pub(crate) last_record: i64,
}

/// One queue.
#[derive(Debug)]
pub(crate) struct QueueFigures {
    pub(crate) key: String,
    pub(crate) waiting: i64,
    /// Appointments of today whose people are not here yet.
    pub(crate) booked: i64,
    /// Of those who wait now; 0 where nobody does.
    pub(crate) longest_wait_secs: i64,
    /// Visits of today that stand, or stood last, in this queue.
    pub(crate) today: Today,
}

/// What visits of one day came to.
#[derive(Debug, Default)]
pub(crate) struct Today {
    /// Tickets that walk-ins took.
    pub(crate) issued: i64,
    /// People with an appointment who came.
    pub(crate) checked_in: i64,
    /// Called at least once.
    pub(crate) called: i64,
    pub(crate) finished: i64,
    pub(crate) cancelled: i64,
    pub(crate) missed: i64,
    /// Still open when the day, or the overtime, ended; those who never came included.
    pub(crate) expired: i64,
}

/// One device.
#[derive(Debug)]
pub(crate) struct DeviceFigures {
    pub(crate) id: String,
    pub(crate) role: &'static str,
    pub(crate) connections: i64,
    pub(crate) faults: i64,
    /// How far its clock is ahead of the server's, where it says so.
    pub(crate) clock_offset_ms: Option<i64>,
}

#[derive(Debug, EncodeLabelSet)]
struct OfQueue {
    queue: String,
}

#[derive(Debug, EncodeLabelSet)]
struct OfStage {
    queue: String,
    stage: &'static str,
}

#[derive(Debug, EncodeLabelSet)]
struct OfMode {
    mode: &'static str,
}

#[derive(Debug, EncodeLabelSet)]
struct OfRole {
    role: &'static str,
}

#[derive(Debug, EncodeLabelSet)]
struct OfPart {
    part: &'static str,
}

#[derive(Debug, EncodeLabelSet)]
struct OfDevice {
    device: String,
}

#[derive(Debug, EncodeLabelSet)]
struct OfCode {
    code: &'static str,
}

/// How many alerts there are now of each code.
pub(super) fn by_code(alerts: &Alerts) -> impl Metric {
    let counts = alerts.counts().into_iter();
    Rows(counts.map(|(code, n)| (OfCode { code }, n)).collect())
}

/// Gauges of one name, in the order in which they were written down.
#[derive(Debug)]
struct Rows<L>(Vec<(L, i64)>);

impl<L: EncodeLabelSet> EncodeMetric for Rows<L> {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        for (labels, value) in &self.0 {
            encoder.encode_family(labels)?.encode_gauge(value)?;
        }
        Ok(())
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Gauge
    }
}

impl Figures {
    /// Ready to be written.
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix(NAMES_BEGIN_WITH);
        self.add_queues(&mut registry);
        self.add_devices(&mut registry);
        let modes = self.counters.iter();
        registry.register(
            "counters",
            "Counters, by mode",
            Rows(modes.map(|&(mode, n)| (OfMode { mode }, n)).collect()),
        );
        registry.register(
            "calls_unpainted",
            "Calls that run and that no display has painted yet",
            ConstGauge::new(self.calls_unpainted),
        );
        registry.register(
            "journal_last_record",
            "Number of the last record of the journal",
            ConstGauge::new(self.last_record),
        );
        registry
    }

    fn add_queues(&self, registry: &mut Registry) {
        registry.register(
            "queue_waiting",
            "People in the line",
            self.by_queue(|queue| queue.waiting),
        );
        registry.register(
            "queue_booked",
            "Appointments of today whose people are not here yet",
            self.by_queue(|queue| queue.booked),
        );
        registry.register_with_unit(
            "queue_longest_wait",
            "Longest wait of those who wait now",
            Unit::Seconds,
            self.by_queue(|queue| queue.longest_wait_secs),
        );
        let stages = self.queues.iter().flat_map(|queue| {
            let stages = queue.today.stages().into_iter();
            stages.map(|(stage, n)| {
                let queue = queue.key.clone();
                (OfStage { queue, stage }, n)
            })
        });
        registry.register(
            "queue_visits_today",
            "Visits of today by how far they came, in the queue where each stood last",
            Rows(stages.collect()),
        );
    }

    fn by_queue(&self, value: impl Fn(&QueueFigures) -> i64) -> Rows<OfQueue> {
        let rows = self.queues.iter().map(|queue| {
            let key = queue.key.clone();
            (OfQueue { queue: key }, value(queue))
        });
        Rows(rows.collect())
    }

    fn add_devices(&self, registry: &mut Registry) {
        let mut roles: Vec<(OfRole, i64)> = Vec::new();
        for DeviceFigures {
            role, connections, ..
        } in &self.devices
        {
            match roles.iter_mut().find(|(known, _)| known.role == *role) {
                Some((_, sum)) => *sum += connections,
                None => roles.push((OfRole { role }, *connections)),
            }
        }
        registry.register("connections", "Open push channels, by role", Rows(roles));
        registry.register(
            "device_connections",
            "Open push channels of a device; none means that it is not here",
            self.by_device(|device| device.connections),
        );
        registry.register(
            "device_faults",
            "Faults that a device reports",
            self.by_device(|device| device.faults),
        );
        let offset = |device: &DeviceFigures| {
            let id = device.id.clone();
            Some((OfDevice { device: id }, device.clock_offset_ms?))
        };
        registry.register(
            "device_clock_offset_milliseconds",
            "How far a device's clock is ahead of the server's, where it says so",
            Rows(self.devices.iter().filter_map(offset).collect()),
        );
        let parts = self.own_faults.iter();
        registry.register(
            "server_faults",
            "1 while this part of the server itself has a fault",
            Rows(parts.map(|&(part, n)| (OfPart { part }, n)).collect()),
        );
    }

    fn by_device(&self, value: impl Fn(&DeviceFigures) -> i64) -> Rows<OfDevice> {
        let rows = self.devices.iter().map(|device| {
            let id = device.id.clone();
            (OfDevice { device: id }, value(device))
        });
        Rows(rows.collect())
    }
}

impl Today {
    fn stages(&self) -> [(&'static str, i64); 7] {
        [
            ("issued", self.issued),
            ("checked_in", self.checked_in),
            ("called", self.called),
            ("finished", self.finished),
            ("cancelled", self.cancelled),
            ("missed", self.missed),
            ("expired", self.expired),
        ]
    }
}
