//! A controller and its clock, for tests.

use aufruf_client::Update;
use aufruf_protocol::latest::{Nobody, NobodyReason, Problem};
use jiff::{SignedDuration, Timestamp};

use super::super::{Answer, Controller, Key, Order, PanelModel, Stage};
use crate::sample::{Day, at, live, welcome};

pub(super) struct Desk {
    pub(super) controller: Controller,
    pub(super) now: Timestamp,
}

impl Desk {
    /// The panel of counter 4 at 10:42, connected, with this day shown.
    pub(super) fn on(day: Day) -> Self {
        let mut desk = Self::unconnected();
        desk.takes(&live()).takes(&welcome()).takes(&day.told());
        desk
    }

    pub(super) fn unconnected() -> Self {
        Self {
            controller: Controller::new("de"),
            now: at("10:42"),
        }
    }

    pub(super) fn takes(&mut self, update: &Update) -> &mut Self {
        self.controller.take(update, self.now);
        self
    }

    pub(super) fn shows(&mut self, day: Day) -> &mut Self {
        self.takes(&day.told())
    }

    pub(super) fn waits_secs(&mut self, secs: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(secs);
        self
    }

    pub(super) fn press(&mut self, key: Key) -> Option<Order> {
        self.controller.press(key, self.now)
    }

    pub(super) fn model(&mut self) -> PanelModel {
        self.controller.model(self.now)
    }

    pub(super) fn stage(&mut self) -> Stage {
        self.model().stage
    }

    pub(super) fn numbers(&mut self) -> Vec<String> {
        let rows = self.model().line.rows;
        rows.iter().map(|row| row.number.clone()).collect()
    }
}

pub(super) fn nobody(reason: NobodyReason) -> Answer {
    Answer::Nobody(Nobody {
        reason,
        ticket: None,
        until: None,
    })
}

pub(super) fn refused(code: &str) -> Answer {
    Answer::Refused(Problem::new(409, code, "Refused", "the server's own words"))
}
