//! What the display does, without Slint, clock or sound: it is told what happened, and gives the wall
//! to draw ([`Wall`]) and what to do ([`Order`]).
//!
//! Rules: a call is on the wall at once, in the list if the large field is still another's; calls are
//! announced one after the other in their order; a call is reported painted after the drawing that
//! showed it, once per connection; a call older than [`ANNOUNCE_MAX_AGE`] is shown in silence.

mod announcer;
mod figures;
mod frames;
mod listing;
mod register;
#[cfg(test)]
mod tests;
mod wall;

use aufruf_client::{Link, Mirror, Update};
use aufruf_protocol::latest::{
    CALLS_KEPT, Call, CallId, Change, DeviceMessage, DeviceStatus, OfficeInfo, QueueRow,
    ServerMessage, Sound, Texts, TicketId, View,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tracing::{info, warn};

pub use announcer::Span;
use announcer::{Announcer, Step};
pub use frames::Frame;
use frames::Frames;
use register::Register;
pub use wall::{CurrentCall, Line, ListedCall, QueueFigures, Wait, Wall};

/// An older call is shown, but not announced any more: who was meant has come or gone.
pub const ANNOUNCE_MAX_AGE: SignedDuration = SignedDuration::from_secs(120);

/// What the program has to do for the controller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Send(DeviceMessage),
    /// Sound the chime, then say [`Controller::sound_over`].
    Chime(CallId),
    /// Say [`Controller::span_over`] when so much time has gone by.
    Time(CallId, Span),
}

#[derive(Debug)]
pub struct Controller {
    mirror: Mirror,
    zone: TimeZone,
    started_at: Timestamp,
    announcer: Announcer,
    register: Register,
    frames: Frames,
    sound_fault: Option<String>,
    orders: Vec<Order>,
}

impl Controller {
    /// A display that has heard nothing yet. `now` is by the display's own clock, here as everywhere.
    pub fn new(now: Timestamp) -> Self {
        Self {
            mirror: Mirror::default(),
            zone: TimeZone::system(),
            started_at: now,
            announcer: Announcer::default(),
            register: Register::default(),
            frames: Frames::default(),
            sound_fault: None,
            orders: Vec::new(),
        }
    }

    /// Takes one update of the connection in, in the order in which they come.
    pub fn take(&mut self, update: &Update, now: Timestamp) {
        let doubted = self.doubted_by(update);
        self.mirror.take(update);
        for ticket in doubted {
            if !self.is_listed(ticket) {
                let steps = self.announcer.withdraw(ticket);
                self.follow(&steps);
            }
        }
        match update {
            Update::Message(ServerMessage::Welcome(_)) => self.greet(),
            Update::Message(ServerMessage::Snapshot { .. } | ServerMessage::Call { .. }) => {
                self.find_new_calls(now);
            }
            _ => {}
        }
    }

    /// The drawing of a frame is done and on the screen.
    pub fn frame_drawn(&mut self, frame: Frame, now: Timestamp) {
        for call in self.frames.drawn(frame) {
            if self.register.paint(call, now) {
                self.send(DeviceMessage::Painted { call });
            }
        }
    }

    /// The chime of the call has ended, or could not be played.
    pub fn sound_over(&mut self, call: CallId, outcome: Result<(), String>) {
        let was_heard = outcome.is_ok();
        self.sound_is(outcome);
        let steps = self.announcer.sound_over(call, was_heard);
        self.follow(&steps);
    }

    /// What is known of the sound card without a chime.
    pub fn sound_is(&mut self, outcome: Result<(), String>) {
        let fault = outcome.err();
        if fault == self.sound_fault {
            return;
        }
        if let Some(fault) = &fault {
            warn!("no sound, calls are only shown: {fault}");
        } else {
            info!("calls are sounded again");
        }
        self.sound_fault = fault;
        self.report_status();
    }

    /// The time asked for by [`Order::Time`] has gone by.
    pub fn span_over(&mut self, call: CallId, span: Span) {
        let (steps, is_lost) = self.announcer.span_over(call, span);
        if is_lost {
            self.sound_is(Err("the chime did not end".to_owned()));
        }
        self.follow(&steps);
    }

    /// What has to be done since it was last asked.
    pub fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// The wall as it has to be drawn now; none when it is drawn already.
    pub fn next_frame(&mut self, now: Timestamp) -> Option<(Frame, Wall)> {
        let wall = self.wall(now);
        self.frames.next(&wall).map(|frame| (frame, wall))
    }

    fn wall(&self, now: Timestamp) -> Wall {
        let Some(office) = self.mirror.office() else {
            return Wall {
                clock: figures::clock(now, &self.zone),
                line: self.line(),
                ..Wall::default()
            };
        };
        let office_now = self.mirror.server_now(now);
        let view = self.mirror.display();
        let calls = view.map_or(&[][..], |view| &view.calls);
        let queues = view.map_or(&[][..], |view| &view.queues);
        let list = listing::listed(calls, &self.announcer, &self.register, now);
        Wall {
            language: office.languages.first().cloned(),
            second_language: office.languages.get(1).cloned(),
            office: words(office, &office.name).to_owned(),
            clock: figures::clock(office_now, &self.zone),
            line: self.line(),
            current: self
                .announcer
                .current()
                .map(|call| self.large(office, call)),
            list: list
                .into_iter()
                .map(|(call, coming)| row(office, call, coming))
                .collect(),
            queues: queues
                .iter()
                .filter_map(|row| queue(office, row, office_now))
                .collect(),
        }
    }

    fn line(&self) -> Line {
        match self.mirror.link {
            Link::Live => Line::Live,
            // An office that was never heard is not there, whatever the link was for a moment.
            _ if self.mirror.view.is_none() => Line::Connecting {
                since: figures::clock(self.started_at, &self.zone),
            },
            Link::Connecting | Link::Unpaired { .. } => Line::Stale {
                since: figures::clock(self.started_at, &self.zone),
            },
            Link::Stale { since } => Line::Stale {
                since: figures::clock(self.mirror.server_now(since), &self.zone),
            },
        }
    }

    fn large(&self, office: &OfficeInfo, call: &Call) -> CurrentCall {
        let counter = office.counter(&call.counter);
        let name = counter.map_or(call.counter.as_str(), |counter| &counter.name);
        let way = counter.map(|counter| &counter.way);
        CurrentCall {
            call: call.id,
            number: call.number.clone(),
            counter: format!("{} {name}", words(office, &office.counter_word))
                .trim()
                .to_owned(),
            arrow: way.map_or_else(Default::default, |way| way.arrow),
            way: way.map_or("", |way| words(office, &way.text)).to_owned(),
            again: call.nth > 1,
            announcing: self.announcer.is_announcing(),
        }
    }

    /// The tickets that the update may take off the wall: they leave if the view does not list them then.
    fn doubted_by(&self, update: &Update) -> Vec<TicketId> {
        let announcer = self
            .announcer
            .current()
            .into_iter()
            .chain(self.announcer.waiting());
        match update {
            Update::Message(ServerMessage::Delta { changes, .. }) => announcer
                .chain(
                    self.mirror
                        .display()
                        .into_iter()
                        .flat_map(|view| &view.calls),
                )
                .filter(|call| changes.contains(&Change::CallGone { call: call.id }))
                .map(|call| call.ticket)
                .collect(),
            Update::Message(ServerMessage::Snapshot {
                view: View::Display(view),
                ..
            }) => {
                // A full list may have dropped the oldest calls without their visits being over.
                let oldest = view.calls.first().map(|call| call.id);
                let is_full = view.calls.len() >= CALLS_KEPT;
                announcer
                    .filter(|call| !is_full || Some(call.id) >= oldest)
                    .map(|call| call.ticket)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_listed(&self, ticket: TicketId) -> bool {
        let view = self.mirror.display();
        view.is_some_and(|view| view.calls.iter().any(|call| call.ticket == ticket))
    }

    fn find_new_calls(&mut self, now: Timestamp) {
        let office_now = self.mirror.server_now(now);
        let calls = self.mirror.display().map_or(&[][..], |view| &view.calls);
        let new: Vec<Call> = calls
            .iter()
            .filter(|call| self.register.add(call))
            .cloned()
            .collect();
        for call in new {
            if office_now.duration_since(call.called_at) > ANNOUNCE_MAX_AGE {
                info!(call.id = %call.id, "call {} is too old: shown in silence", call.number);
                continue;
            }
            let steps = self.announcer.add(call);
            self.follow(&steps);
        }
    }

    /// What was reported may have got lost with the line: what is on the wall is said again. Saying it
    /// twice changes nothing.
    fn greet(&mut self) {
        if let Some(office) = self.mirror.office() {
            self.zone = TimeZone::get(&office.time_zone).unwrap_or_else(|error| {
                warn!(%error, "unknown time zone {}: using this machine's", office.time_zone);
                TimeZone::system()
            });
        }
        self.report_status();
        let calls = self.mirror.display().map_or(&[][..], |view| &view.calls);
        let known = calls.iter().filter_map(|call| self.register.get(call.id));
        let again: Vec<(CallId, bool)> = known
            .filter(|known| known.painted.is_some())
            .map(|known| (known.id, known.announced))
            .collect();
        for (call, announced) in again {
            self.send(DeviceMessage::Painted { call });
            if announced {
                self.send(DeviceMessage::Announced { call });
            }
        }
    }

    fn follow(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Begin(call) => {
                    self.orders.push(Order::Chime(call));
                    self.orders
                        .extend(Span::ALL.map(|span| Order::Time(call, span)));
                }
                Step::Announced(call) => {
                    self.register.announce(call);
                    self.send(DeviceMessage::Announced { call });
                }
            }
        }
    }

    fn report_status(&mut self) {
        let faults = self
            .sound_fault
            .iter()
            .map(|fault| format!("sound: {fault}"))
            .collect();
        let sound = if self.sound_fault.is_some() {
            Sound::None
        } else {
            Sound::Ok
        };
        self.send(DeviceMessage::Status(DeviceStatus {
            faults,
            sound: Some(sound),
            ..DeviceStatus::default()
        }));
    }

    fn send(&mut self, message: DeviceMessage) {
        self.orders.push(Order::Send(message));
    }
}

/// A text of the office in its own language.
fn words<'a>(office: &OfficeInfo, texts: &'a Texts) -> &'a str {
    let own = office.languages.first().map_or("", String::as_str);
    texts.in_language(own, &office.languages)
}

fn row(office: &OfficeInfo, call: &Call, coming: bool) -> ListedCall {
    let counter = office.counter(&call.counter);
    ListedCall {
        call: call.id,
        number: call.number.clone(),
        counter_word: words(office, &office.counter_word).to_owned(),
        counter_name: counter
            .map_or(call.counter.as_str(), |counter| &counter.name)
            .to_owned(),
        coming,
    }
}

/// None for a queue that the office does not describe: nothing could be said of it.
fn queue(office: &OfficeInfo, row: &QueueRow, now: Timestamp) -> Option<QueueFigures> {
    let queue = office.queue(&row.queue)?;
    let name = if queue.neutral {
        ""
    } else {
        words(office, &queue.name)
    };
    Some(QueueFigures {
        name: name.to_owned(),
        prefix: queue.prefix.clone(),
        waiting: row.waiting,
        wait: figures::wait(row.promise.as_ref(), now),
    })
}
