//! Which calls this display knows, and what became of each: that is how every call is painted once.

use std::collections::VecDeque;

use aufruf_protocol::latest::{Call, CallId, TicketId};
use jiff::Timestamp;

/// LIMIT: as many calls are remembered; a snapshot holds far fewer, so none is taken for new again.
const REMEMBERED: usize = 512;

#[derive(Debug)]
pub(crate) struct Known {
    /// Id and ticket together: should an office begin anew, its first calls are not taken for old ones.
    pub(crate) id: CallId,
    ticket: TicketId,
    /// When it was first drawn.
    pub(crate) painted: Option<Timestamp>,
    pub(crate) announced: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Register {
    known: VecDeque<Known>,
}

impl Register {
    /// Remembers the call. False: it was known.
    pub(crate) fn add(&mut self, call: &Call) -> bool {
        let is_known = |known: &Known| known.id == call.id && known.ticket == call.ticket;
        if self.known.iter().rev().any(is_known) {
            return false;
        }
        self.known.push_back(Known {
            id: call.id,
            ticket: call.ticket,
            painted: None,
            announced: false,
        });
        if self.known.len() > REMEMBERED {
            self.known.pop_front();
        }
        true
    }

    pub(crate) fn get(&self, id: CallId) -> Option<&Known> {
        self.known.iter().rev().find(|known| known.id == id)
    }

    /// The call has been drawn. False: it was before, or nobody knows it.
    pub(crate) fn paint(&mut self, id: CallId, now: Timestamp) -> bool {
        let known = self.get_mut(id).filter(|known| known.painted.is_none());
        known.map(|known| known.painted = Some(now)).is_some()
    }

    pub(crate) fn announce(&mut self, id: CallId) {
        if let Some(known) = self.get_mut(id) {
            known.announced = true;
        }
    }

    fn get_mut(&mut self, id: CallId) -> Option<&mut Known> {
        self.known.iter_mut().rev().find(|known| known.id == id)
    }
}
