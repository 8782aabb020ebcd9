//! What of the house is at work now, and so which devices have to be here. The office's own hours decide; where no
//! queue has any, the house is open while counters are.
//!
//! Pure: state, office and an instant in, answers out.

use std::collections::BTreeSet;

use aufruf_engine::{Office, Queue, State};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use crate::auth::Device;
use crate::devices::DeviceRole;

/// Made once a look: an office may have a thousand devices.
pub(super) struct AtWork {
    office: wire::OfficeInfo,
    /// The areas in which a display was let in.
    shown: BTreeSet<String>,
    /// Visitors take tickets.
    takes_tickets: bool,
    /// The areas to which people are called.
    areas: BTreeSet<String>,
    /// The counters that are not closed.
    counters: BTreeSet<String>,
}

impl AtWork {
    pub(super) fn of(
        state: &State,
        office: wire::OfficeInfo,
        rows: &[wire::CounterRow],
        now: Timestamp,
    ) -> Self {
        let is_open = |row: &&wire::CounterRow| row.mode != wire::CounterMode::Closed;
        let open = rows.iter().filter(is_open);
        let counters: BTreeSet<String> = open.map(|row| row.counter.to_string()).collect();
        let mut work = Self {
            office,
            shown: BTreeSet::new(),
            takes_tickets: false,
            areas: BTreeSet::new(),
            counters,
        };
        if let Some(office) = state.office() {
            work.look_over(office, now);
        }
        work
    }

    fn look_over(&mut self, office: &Office, now: Timestamp) {
        let open = office
            .queues
            .iter()
            .filter(|queue| is_open(office, queue, now));
        let open: Vec<&Queue> = open.collect();
        let has_no_hours = office
            .queues
            .iter()
            .all(|queue| queue.walk_in_hours.is_none());
        self.takes_tickets = !open.is_empty() || has_no_hours && !self.counters.is_empty();
        for counter in &office.counters {
            let serves = |queue: &&&Queue| office.serves_queue(counter, &queue.key);
            if self.counters.contains(counter.key.as_str())
                || open.iter().any(|queue| serves(&queue))
            {
                self.areas.insert(counter.area.as_str().to_owned());
            }
        }
    }

    /// The same, knowing who was let in.
    pub(super) fn with(self, devices: &[Device]) -> Self {
        let shown = devices.iter().filter_map(|device| match &device.role {
            DeviceRole::Display { area } => Some(area.clone()),
            DeviceRole::Kiosk { .. } | DeviceRole::Printer | DeviceRole::Panel { .. } => None,
        });
        let shown = shown.collect();
        Self { shown, ..self }
    }

    /// Whether this device has to be here now. A panel is switched off with its counter, and a display where nobody
    /// is called.
    pub(super) fn needs(&self, role: &DeviceRole) -> bool {
        match role {
            DeviceRole::Kiosk { .. } | DeviceRole::Printer => self.takes_tickets,
            DeviceRole::Display { area } => self.areas.contains(area),
            DeviceRole::Panel { counter } => self.counters.contains(counter),
        }
    }

    /// What people call the place of a device, in the office's first language.
    pub(super) fn place_of(&self, role: &DeviceRole) -> Option<String> {
        match role {
            DeviceRole::Display { area } => {
                let area = wire::AreaKey::new(area);
                let name = &self.office.area(&area)?.name;
                let name = name.in_language("", &self.office.languages);
                Some(name.to_owned())
            }
            DeviceRole::Panel { counter } => self.counter_name(&wire::CounterKey::new(counter)),
            DeviceRole::Kiosk { .. } | DeviceRole::Printer => None,
        }
    }

    /// Such as `Platz 4`.
    pub(super) fn counter_name(&self, counter: &wire::CounterKey) -> Option<String> {
        let languages = &self.office.languages;
        let word = self.office.counter_word.in_language("", languages);
        let name = &self.office.counter(counter)?.name;
        Some(format!("{word} {name}"))
    }

    /// Whether a display was let in where this counter's people wait.
    pub(super) fn has_display(&self, counter: &wire::CounterKey) -> bool {
        let counter = self.office.counter(counter);
        counter.is_some_and(|counter| self.shown.contains(counter.area.as_str()))
    }
}

/// By its hours; whether it has tickets left makes no difference.
fn is_open(office: &Office, queue: &Queue, now: Timestamp) -> bool {
    let closed_on = |date| office.is_closed_on(&queue.key, date);
    let hours = queue.walk_in_hours.as_ref();
    hours.is_some_and(|hours| hours.open_at(now, &office.zone(), closed_on).is_some())
}
