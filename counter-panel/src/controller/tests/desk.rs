//! A controller and its clock, for tests.

use std::time::Duration;

use super::super::{Answer, Controller, Key, Order, PanelModel, SheetModel, Stage, Word};
use crate::clock::{Moment, Watch as _};
use crate::sample::{Day, ManualWatch, at, counter_4, live, welcome};
use aufruf_client::Update;
use aufruf_protocol::latest::{Nobody, NobodyReason, Problem, ServerMessage};

pub(super) struct Desk {
    pub(super) controller: Controller,
    pub(super) watch: ManualWatch,
}

impl Desk {
    /// The panel of counter 4 at 10:42, connected, with this day shown.
    pub(super) fn on(day: Day) -> Self {
        let mut desk = Self::unconnected();
        desk.takes(&live()).takes(&welcome()).takes(&day.told());
        desk
    }

    /// The same, where the panel's file says who serves.
    pub(super) fn of(clerk: &str, day: Day) -> Self {
        let mut desk = Self::unconnected();
        desk.controller = Controller::new("de").served_by(Some(clerk.to_owned()));
        desk.takes(&live()).takes(&welcome()).takes(&day.told());
        desk
    }

    pub(super) fn unconnected() -> Self {
        Self {
            controller: Controller::new("de"),
            watch: ManualWatch::at("10:42"),
        }
    }

    pub(super) fn takes(&mut self, update: &Update) -> &mut Self {
        self.controller.take(update, self.watch.now());
        self
    }

    pub(super) fn shows(&mut self, day: Day) -> &mut Self {
        self.takes(&day.told())
    }

    pub(super) fn waits_secs(&mut self, secs: u64) -> &mut Self {
        self.watch.passes(Duration::from_secs(secs));
        self
    }

    /// Somebody, or the network, sets the device's clock.
    pub(super) fn clock_is_set_to(&mut self, clock: &str) -> &mut Self {
        self.watch.set(clock);
        self
    }

    /// The server tells its time, as it does every two seconds.
    pub(super) fn server_tells(&mut self, clock: &str) -> &mut Self {
        let now = at(clock);
        self.takes(&Update::Message(ServerMessage::Ping { now }))
    }

    pub(super) fn press(&mut self, key: Key) -> Option<Order> {
        self.controller.press(key, self.watch.now())
    }

    pub(super) fn now(&self) -> Moment {
        self.watch.now()
    }

    /// Enter in a sheet.
    pub(super) fn confirms(&mut self) -> Option<Order> {
        self.controller.confirm(self.watch.now())
    }

    /// The sheet that is open.
    #[track_caller]
    pub(super) fn sheet(&mut self) -> SheetModel {
        self.model().sheet.expect("an open sheet")
    }

    /// What can be chosen in the open sheet, in its order.
    #[track_caller]
    pub(super) fn words(&mut self) -> Vec<Word> {
        self.sheet()
            .items
            .into_iter()
            .map(|item| item.word)
            .collect()
    }

    /// The item with this word.
    #[track_caller]
    pub(super) fn chooses(&mut self, word: &Word) -> Option<Order> {
        let at = self.words().iter().position(|item| item == word);
        let at = at.unwrap_or_else(|| panic!("{word:?} is not in {:?}", self.words()));
        self.controller.choose(at, self.watch.now())
    }

    pub(super) fn model(&mut self) -> PanelModel {
        self.controller.model(self.watch.now())
    }

    pub(super) fn stage(&mut self) -> Stage {
        self.model().stage
    }

    pub(super) fn numbers(&mut self) -> Vec<String> {
        let rows = self.model().line.rows;
        rows.iter().map(|row| row.number.clone()).collect()
    }
}

/// What opens the counter of the tests.
pub(super) fn opens_counter_4(clerk: Option<&str>) -> Order {
    Order::OpenCounter {
        counter: counter_4(),
        clerk: clerk.map(str::to_owned),
    }
}

pub(super) fn nobody(reason: NobodyReason) -> Answer {
    Answer::Nobody(Nobody {
        reason,
        ticket: None,
        until: None,
    })
}

pub(super) fn refused(status: u16, code: &str) -> Answer {
    let own_words = "the server's own words";
    Answer::Refused(Problem::new(status, code, "Refused", own_words))
}
