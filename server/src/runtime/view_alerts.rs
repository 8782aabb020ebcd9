//! What is wrong now, as the view task sees it, and who has to be here at this hour. How long it has to last
//! and what is done about it is the alerts' own.

use std::collections::BTreeMap;

use aufruf_protocol::latest as wire;

use super::at_work::AtWork;
use super::streams::StreamKey;
use super::view_task::ViewTask;
use crate::alerts::{AlertCode, Condition};
use crate::auth::Device;
use crate::devices::SERVER_NAME;
use crate::wire::{changes, office_info};

/// A clock that is wrong by more than this, in milliseconds, is told: certificates and logs go wrong with it.
const CLOCK_OFF_MS: u64 = 60_000;

impl ViewTask {
    /// Everything that is wrong, with codes. Looks at counters, queues and devices: well under a millisecond.
    pub(super) fn conditions(&self) -> Vec<Condition> {
        let counters = self.picture().counters();
        let devices = self.devices.admitted();
        let info = office_info(&self.office.document, self.office.version);
        let work = AtWork::of(&self.state, info, &counters, self.clock.now()).with(&devices);
        let mut found = self.own_conditions();
        for device in &devices {
            self.look_at(device, &work, &mut found);
        }
        let unpainted = counters.iter().filter(|row| self.is_unpainted(row));
        found.extend(
            unpainted
                .filter(|row| work.has_display(&row.counter))
                .map(|row| {
                    let condition = Condition::at(AlertCode::CallUnpainted, row.counter.as_str());
                    let about = work.counter_name(&row.counter);
                    Condition { about, ..condition }
                }),
        );
        let without_paper = self.troubles.unprinted().len();
        if without_paper > 0 {
            let condition = Condition::at(AlertCode::TicketsUnprinted, "office");
            found.push(condition.about(without_paper.to_string()));
        }
        found
    }

    fn own_conditions(&self) -> Vec<Condition> {
        let own = self.own_faults.iter().map(|(part, fault)| {
            Condition::at(AlertCode::Server(*part), SERVER_NAME).about(fault.clone())
        });
        own.collect()
    }

    fn look_at(&self, device: &Device, work: &AtWork, found: &mut Vec<Condition>) {
        let row = self.presence.of(&device.id);
        let mut add = |code, about: Option<String>| {
            let condition = Condition::at(code, &device.id);
            found.push(Condition { about, ..condition });
        };
        if row.open == 0 {
            if work.needs(&device.role) {
                add(AlertCode::DeviceAway, work.place_of(&device.role));
            }
            return;
        }
        let faults = self.troubles.own_faults_of(&device.id);
        if !faults.is_empty() {
            add(AlertCode::DeviceFault, Some(faults.join("; ")));
        }
        match row.status.paper {
            Some(wire::Paper::Out) => add(AlertCode::PaperOut, None),
            Some(wire::Paper::Low) => add(AlertCode::PaperLow, None),
            Some(wire::Paper::Ok | wire::Paper::Unknown) | None => {}
        }
        let offset = row.status.clock_offset_ms.unwrap_or(0);
        if offset.unsigned_abs() > CLOCK_OFF_MS {
            // By the minute, so that it is one fault and not a new one every second.
            add(AlertCode::DeviceClock, Some((offset / 60_000).to_string()));
        }
    }

    /// What alerts say beside what devices say themselves: panels show both.
    pub(super) fn take_alerts(&mut self, lines: BTreeMap<String, Vec<String>>) {
        let changed = self.troubles.alerts_say(lines);
        for at in changed {
            let faults = self.troubles.faults_of(&at);
            if let Some(panels) = self.streams.get_mut(&StreamKey::Panels) {
                panels.push_changes(changes::faults(&at, &faults));
            }
        }
    }
}
