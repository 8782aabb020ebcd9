//! A display in an office, driven by hand.

use aufruf_client::{Link, Update};
use aufruf_protocol::latest::{
    Arrow, Call, CallId, Change, CounterInfo, CounterKey, DeviceMessage, DisplayView, OfficeInfo,
    Promise, QueueInfo, QueueKey, QueueRow, Role, ServerMessage, Texts, TicketId, View, Way,
    Welcome,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::super::{Controller, Order, Span, Wall};

/// A display, the time, and what it said so far.
pub(super) struct Wallboard {
    pub(super) controller: Controller,
    pub(super) now: Timestamp,
    pub(super) seq: u64,
    /// What the display said and did so far.
    pub(super) done: Vec<Order>,
    pub(super) last: Wall,
}

impl Wallboard {
    pub(super) fn switched_on() -> Self {
        let now = "2026-11-02T09:42:00Z".parse().expect("an instant");
        Self {
            controller: Controller::new(now),
            now,
            seq: 0,
            done: Vec::new(),
            last: Wall::default(),
        }
    }

    /// Connected, nobody called yet.
    pub(super) fn in_an_office() -> Self {
        let mut wall = Self::switched_on();
        wall.connects(&[]);
        wall
    }

    pub(super) fn hears(&mut self, message: ServerMessage) {
        self.takes(&Update::Message(message));
    }

    pub(super) fn takes(&mut self, update: &Update) {
        self.controller.take(update, self.now);
        self.works();
    }

    /// The server's welcome and snapshot.
    pub(super) fn connects(&mut self, calls: &[Call]) {
        self.hears(ServerMessage::Welcome(Box::new(welcome(self.now))));
        let mut view = DisplayView::default();
        for call in calls {
            view.take_call(call);
        }
        view.queues = vec![queue_row(self.now)];
        self.seq += 1;
        self.hears(ServerMessage::Snapshot {
            seq: self.seq,
            view: View::Display(view),
        });
        self.takes(&Update::Link(Link::Live));
    }

    pub(super) fn is_called(&mut self, id: u64, ticket: u128) {
        let call = call(id, ticket, self.now);
        self.is_told(call);
    }

    pub(super) fn is_told(&mut self, call: Call) {
        self.seq += 1;
        self.hears(ServerMessage::Call {
            seq: self.seq,
            call,
        });
    }

    pub(super) fn loses(&mut self, id: u64) {
        self.seq += 1;
        self.hears(ServerMessage::Delta {
            seq: self.seq,
            changes: vec![Change::CallGone { call: CallId(id) }],
        });
    }

    /// Draws what is to be drawn. False: nothing.
    pub(super) fn draws(&mut self) -> bool {
        let Some((frame, wall)) = self.controller.next_frame(self.now) else {
            return false;
        };
        self.last = wall;
        self.controller.frame_drawn(frame, self.now);
        self.works();
        true
    }

    pub(super) fn chime_ends(&mut self, id: u64) {
        self.controller.sound_over(CallId(id), Ok(()));
        self.works();
    }

    pub(super) fn time_goes_by(&mut self, id: u64, span: Span) {
        self.controller.span_over(CallId(id), span);
        self.works();
    }

    /// The chime has ended, and the call was shown long enough.
    pub(super) fn is_announced(&mut self, id: u64) {
        self.chime_ends(id);
        self.time_goes_by(id, Span::Short);
        self.time_goes_by(id, Span::Full);
    }

    pub(super) fn works(&mut self) {
        self.done.extend(self.controller.take_orders());
    }

    pub(super) fn painted(&self) -> Vec<u64> {
        self.said(|message| match message {
            DeviceMessage::Painted { call } => Some(call.0),
            _ => None,
        })
    }

    pub(super) fn announced(&self) -> Vec<u64> {
        self.said(|message| match message {
            DeviceMessage::Announced { call } => Some(call.0),
            _ => None,
        })
    }

    pub(super) fn faults(&self) -> Vec<Vec<String>> {
        self.said(|message| match message {
            DeviceMessage::Status(status) => Some(status.faults.clone()),
            _ => None,
        })
    }

    pub(super) fn said<T>(&self, pick: impl Fn(&DeviceMessage) -> Option<T>) -> Vec<T> {
        let sent = self.done.iter().filter_map(|order| match order {
            Order::Send(message) => Some(message),
            _ => None,
        });
        sent.filter_map(pick).collect()
    }

    pub(super) fn chimed(&self) -> Vec<u64> {
        let chimes = self.done.iter().filter_map(|order| match order {
            Order::Chime(call) => Some(call.0),
            _ => None,
        });
        chimes.collect()
    }

    pub(super) fn large(&self) -> Option<&str> {
        self.last.current.as_ref().map(|current| &*current.number)
    }

    pub(super) fn list(&self) -> Vec<&str> {
        self.last.list.iter().map(|row| &*row.number).collect()
    }
}

pub(super) fn call(id: u64, ticket: u128, called_at: Timestamp) -> Call {
    Call {
        id: CallId(id),
        ticket: TicketId(Uuid::from_u128(ticket)),
        number: format!("A{ticket:03}"),
        queue: QueueKey::new("ids"),
        counter: CounterKey::new("counter-4"),
        language: "de".to_owned(),
        called_at,
        nth: 1,
    }
}

fn queue_row(now: Timestamp) -> QueueRow {
    let after = |minutes| now + SignedDuration::from_mins(minutes);
    QueueRow {
        queue: QueueKey::new("ids"),
        waiting: 14,
        longest_since: None,
        promise: Some(Promise {
            low: after(25),
            mid: after(30),
            high: after(35),
        }),
    }
}

fn welcome(now: Timestamp) -> Welcome {
    Welcome {
        protocol: 1,
        software: "test".to_owned(),
        epoch: "1".to_owned(),
        device: "display-1".to_owned(),
        role: Role::Unknown,
        now,
        office: office(),
    }
}

fn office() -> OfficeInfo {
    OfficeInfo {
        name: Texts::from([("de", "Bürgeramt Mitte"), ("en", "Citizens' Office")]),
        languages: vec!["de".to_owned(), "en".to_owned()],
        time_zone: "Europe/Berlin".to_owned(),
        counter_word: Texts::from([("de", "Platz"), ("en", "Counter")]),
        queues: vec![QueueInfo {
            key: QueueKey::new("ids"),
            name: Texts::from([("de", "Ausweise")]),
            prefix: "A".to_owned(),
            neutral: false,
            checks_in: false,
            pause_max_min: 0,
        }],
        counters: vec![CounterInfo {
            key: CounterKey::new("counter-4"),
            name: "4".to_owned(),
            way: Way {
                text: Texts::from([("de", "Raum 1.07")]),
                arrow: Arrow::Right,
            },
            area: aufruf_protocol::latest::AreaKey::new("ground"),
            skills: Vec::new(),
            attributes: Vec::new(),
        }],
        ..OfficeInfo::default()
    }
}
