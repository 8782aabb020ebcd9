//! Clerks who need help: who, where, and who is on the way. Works beside everything else.

use aufruf_client::Link;
use aufruf_protocol::latest::{CounterKey, EmergencyRow};

use super::{Controller, Notice, Order};

/// A clerk who needs help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// `Platz 7`.
    pub counter: String,
    pub way: String,
    pub since: String,
    /// It is this counter.
    pub own: bool,
    pub helper: Option<Helper>,
}

/// Who is on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Helper {
    /// The clerk of this panel.
    Here,
    /// The device of somebody else.
    Device(String),
}

impl Controller {
    /// The clerk here needs help. Never inert: where nobody can be told, the screen says so.
    pub(super) fn ask_for_help(&mut self) -> Option<Order> {
        let counter = self.counter().cloned();
        if self.mirror.link != Link::Live || counter.is_none() {
            self.notice = Some(Notice::HelpNotAsked);
            return None;
        }
        counter.map(Order::RaiseEmergency)
    }

    /// *I'm coming*, to the one in this row; none: to the first to whom nobody comes yet.
    pub fn come(&self, row: Option<usize>) -> Option<Order> {
        let needed = |row: &&&EmergencyRow| {
            row.accepted_by.is_none() && Some(&row.counter) != self.counter()
        };
        let counter = self.emergency(row, |rows| rows.iter().find(needed).copied())?;
        Some(Order::AcceptEmergency(counter))
    }

    /// It is over at the one in this row; none: at this counter, or else where this clerk went, or
    /// at the first.
    pub fn end_help(&self, row: Option<usize>) -> Option<Order> {
        let here = |row: &&&EmergencyRow| Some(&row.counter) == self.counter();
        let mine = |row: &&&EmergencyRow| self.helper(row) == Some(Helper::Here);
        let counter = self.emergency(row, |rows| {
            let chosen = rows.iter().find(here).or(rows.iter().find(mine));
            chosen.or(rows.first()).copied()
        })?;
        Some(Order::EndEmergency(counter))
    }

    pub(super) fn alarms(&self) -> Vec<Alarm> {
        let rows = self.emergencies().into_iter();
        rows.map(|row| Alarm {
            counter: self.name_of_counter(&row.counter),
            way: self.way_to(&row.counter),
            since: self.times.clock(row.raised_at),
            own: Some(&row.counter) == self.counter(),
            helper: self.helper(row),
        })
        .collect()
    }

    fn emergency<'a>(
        &'a self,
        row: Option<usize>,
        by_key: impl Fn(&[&'a EmergencyRow]) -> Option<&'a EmergencyRow>,
    ) -> Option<CounterKey> {
        if self.mirror.link != Link::Live {
            return None;
        }
        let rows = self.emergencies();
        let chosen = match row {
            Some(row) => rows.get(row).copied(),
            None => by_key(&rows),
        };
        chosen.map(|row| row.counter.clone())
    }

    /// In the order in which they asked.
    fn emergencies(&self) -> Vec<&EmergencyRow> {
        let panel = self.mirror.panel();
        let mut rows: Vec<_> = panel
            .into_iter()
            .flat_map(|panel| &panel.emergencies)
            .collect();
        rows.sort_by_key(|row| row.raised_at);
        rows
    }

    fn helper(&self, row: &EmergencyRow) -> Option<Helper> {
        let device = row.accepted_by.as_ref()?;
        let own = self.mirror.welcome.as_ref().map(|welcome| &welcome.device);
        Some(if Some(device) == own {
            Helper::Here
        } else {
            Helper::Device(device.clone())
        })
    }
}
