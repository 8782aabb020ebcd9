//! How the office stands, in figures: drawn up from the view task's state when somebody asks.

use std::collections::BTreeMap;

use aufruf_engine::{ExpiredFrom, QueueKey, Ticket, TicketState};
use aufruf_protocol::latest as wire;

use super::view_task::ViewTask;
use crate::health::Part;
use crate::metrics::{DeviceFigures, Figures, QueueFigures, Today};

impl ViewTask {
    /// Looks once at every visit of the day: well under a millisecond for some thousands.
    pub(super) fn figures(&self) -> Figures {
        let picture = self.picture();
        let counters = picture.counters();
        let in_mode = |mode| count(counters.iter().filter(|row| row.mode == mode).count());
        let unpainted = counters.iter().filter(|row| self.is_unpainted(row));
        Figures {
            queues: self.queue_figures(picture.queues()),
            counters: vec![
                ("open", in_mode(wire::CounterMode::Open)),
                ("paused", in_mode(wire::CounterMode::Paused)),
                ("closed", in_mode(wire::CounterMode::Closed)),
            ],
            calls_unpainted: count(unpainted.count()),
            devices: self.device_figures(),
            own_faults: Part::ALL
                .map(|part| (part.name(), self.own_faults.contains_key(&part).into()))
                .to_vec(),
            last_record: i64::try_from(self.state.last_seq().0).unwrap_or(i64::MAX),
        }
    }

    /// Somebody is called to this counter, and no display shows it. Who is already served has seen enough.
    pub(super) fn is_unpainted(&self, row: &wire::CounterRow) -> bool {
        let ticket = row.running.map(crate::wire::ticket_id);
        let visit = ticket.and_then(|ticket| self.state.ticket(ticket));
        let is_called =
            visit.is_some_and(|visit| matches!(visit.state, TicketState::Called { .. }));
        is_called && row.seen.is_some_and(|seen| seen.painted == 0)
    }

    fn queue_figures(&self, rows: &[wire::QueueRow]) -> Vec<QueueFigures> {
        let mut today: BTreeMap<&QueueKey, Today> = BTreeMap::new();
        for ticket in self.state.tickets() {
            add(today.entry(&ticket.queue).or_default(), ticket);
        }
        let now = self.clock.now();
        let rows = rows.iter().map(|row| {
            let key = crate::wire::queue_key(&row.queue);
            let longest = row.longest_since.map(|since| now.duration_since(since));
            QueueFigures {
                key: row.queue.as_str().to_owned(),
                waiting: row.waiting.into(),
                booked: count(self.state.booked(&key).count()),
                longest_wait_secs: longest.map_or(0, |longest| longest.as_secs().max(0)),
                today: today.remove(&key).unwrap_or_default(),
            }
        });
        rows.collect()
    }

    fn device_figures(&self) -> Vec<DeviceFigures> {
        let mut figures = Vec::new();
        for device in self.devices.all() {
            let row = self.presence.of(&device.id);
            figures.push(DeviceFigures {
                role: device.role.name(),
                connections: row.open.into(),
                faults: count(self.troubles.own_faults_of(&device.id).len()),
                clock_offset_ms: row.status.clock_offset_ms,
                id: device.id,
            });
        }
        figures
    }
}

/// Counts a visit for as far as it came.
fn add(today: &mut Today, ticket: &Ticket) {
    match ticket.appointment {
        None => today.issued += 1,
        Some(_) => today.checked_in += i64::from(ticket.arrived_at.is_some()),
    }
    today.called += i64::from(ticket.first_called_at.is_some());
    match ticket.state {
        TicketState::Finished { .. } => today.finished += 1,
        TicketState::Cancelled => today.cancelled += 1,
        TicketState::Missed
        | TicketState::Expired {
            from: ExpiredFrom::Missed,
        } => today.missed += 1,
        TicketState::Expired { .. } => today.expired += 1,
        TicketState::Booked
        | TicketState::Waiting { .. }
        | TicketState::Called { .. }
        | TicketState::Serving { .. }
        | TicketState::Parked { .. }
        | TicketState::PickUp { .. } => {}
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
