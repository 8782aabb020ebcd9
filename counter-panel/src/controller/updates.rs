//! What the server or the line to it told: taken in, and what no longer holds goes.

use aufruf_client::{Link, Update};
use aufruf_protocol::latest::{CounterMode, ServerMessage, TicketId, TicketState};

use super::{CallNoticed, Controller};
use crate::clock::Moment;
use crate::controller::times::Times;

impl Controller {
    /// Takes in what the server or the line to it told.
    pub fn take(&mut self, update: &Update, now: Moment) {
        let before = self.ground();
        self.mirror.take(update);
        self.set_clock(update, now);
        let after = self.ground();
        self.drop_outdated_notice(&before, &after);
        self.note_call(now);
        self.drop_outdated_sheets();
        self.drop_outdated_mark();
    }

    fn set_clock(&mut self, update: &Update, now: Moment) {
        match update {
            Update::Message(ServerMessage::Welcome(welcome)) => {
                self.times = Times::in_zone(&welcome.office.time_zone);
                self.office_clock.told(welcome.now, now);
            }
            Update::Message(ServerMessage::Ping { now: office }) => {
                self.office_clock.told(*office, now);
            }
            _ => {}
        }
    }

    fn note_call(&mut self, now: Moment) {
        let call = self.running().and_then(|ticket| ticket.call);
        if call != self.call_noticed.map(|noticed| noticed.call) {
            self.call_noticed = call.map(|call| CallNoticed {
                call,
                at: now.steady,
            });
        }
    }

    /// What a notice may rest on.
    fn ground(&self) -> Ground {
        Ground {
            link_live: self.mirror.link == Link::Live,
            mode: self.mode(),
            visit: self.running().map(|ticket| (ticket.id, ticket.state)),
            waiting: self.in_state(TicketState::Waiting).count(),
        }
    }

    fn drop_outdated_notice(&mut self, before: &Ground, after: &Ground) {
        let moved = before.mode != after.mode || before.visit != after.visit;
        let line_moved = before.waiting != after.waiting;
        let lost = before.link_live && !after.link_live;
        if let Some(notice) = &self.notice
            && (moved && !notice.is_about_what_was_done()
                || line_moved && notice.is_about_the_line()
                || lost && !notice.is_about_the_answer())
        {
            self.notice = None;
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Ground {
    link_live: bool,
    mode: CounterMode,
    visit: Option<(TicketId, TicketState)>,
    waiting: usize,
}
