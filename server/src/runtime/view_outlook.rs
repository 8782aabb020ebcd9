//! How the day goes on, as the view task has it made and tells it.

use std::time::Duration;

use aufruf_engine::planning::Picture;
use aufruf_engine::{Event, Record, ServiceKey, TicketId};
use tracing::{debug, info};

use super::planning::{Planned, Sitting};
use super::streams::StreamKey;
use super::view_task::{SIT_EVERY, ViewTask};
use crate::wire::changes;

/// The day is played anew this often when nothing happens: visits last, and shifts begin and end.
const AT_LEAST_EVERY: Duration = Duration::from_secs(10);

/// For how long nothing has changed since the last picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quiet {
    /// Something has changed since then.
    Never,
    For(Duration),
}

impl ViewTask {
    /// Once in [`SIT_EVERY`]: a new picture for the planning worker, where it is time for one.
    pub(super) fn sit(&mut self) {
        self.quiet = match self.quiet {
            Quiet::For(time) if time < AT_LEAST_EVERY => Quiet::For(time + SIT_EVERY),
            Quiet::Never | Quiet::For(_) => {
                self.take_picture();
                Quiet::For(SIT_EVERY)
            }
        };
    }

    fn take_picture(&mut self) {
        let Some(office) = self.state.office() else {
            return;
        };
        let lines = self.state.lines().keys();
        let waiting = lines.flat_map(|queue| self.state.line(queue));
        let services = office.services.iter().map(|service| &service.key);
        let sold_out = services.filter(|service| self.state.is_sold_out(service));
        self.sittings.send_replace(Some(Sitting {
            picture: Picture::of(&self.state, self.clock.now()),
            as_of: self.state.last_seq(),
            waiting: waiting.map(|ticket| ticket.id).collect(),
            sold_out: sold_out.cloned().collect(),
        }));
    }

    /// Tells what has become different by it: rows of people only where their window is another one.
    pub(super) fn take_outlook(&mut self, Planned { outlook, waiting }: Planned) {
        let raised = self.told.raised();
        let changed = self.told.revise(&self.state, &waiting, &outlook);
        if self.told.raised() != raised {
            let (total, now) = (self.told.raised(), self.told.raised() - raised);
            debug!(total, "{now} people have to be told a later time");
        }
        self.outlook = outlook;
        self.tell_windows(&changed);
        self.tell_news();
    }

    fn tell_windows(&mut self, changed: &[TicketId]) {
        let row = |ticket: &TicketId| {
            changes::of_ticket(*ticket, self.state.ticket(*ticket), true, &self.told)
        };
        let rows = changed.iter().filter_map(row).collect();
        if let Some(panels) = self.streams.get_mut(&StreamKey::Panels) {
            panels.push_changes(rows);
        }
    }

    /// Somebody may ask why the kiosk gives no numbers.
    pub(super) fn log_sold_out(record: &Record) {
        let names = |services: &[ServiceKey]| {
            let names: Vec<&str> = services.iter().map(ServiceKey::as_str).collect();
            names.join(", ")
        };
        match &record.event {
            Event::SoldOut { services } => {
                info!("no time is left today for {}", names(services));
            }
            Event::RoomAgain { services } => {
                info!("there is time again today for {}", names(services));
            }
            _ => {}
        }
    }
}
