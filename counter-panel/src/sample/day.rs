//! The day as the server tells it to the panel, for tests.

use aufruf_client::Update;
use aufruf_protocol::latest::{
    CallId, CounterKey, CounterMode, CounterRow, DeviceFaults, EmergencyRow, JobId, LockRow,
    PanelView, PrintOutcome, PrintRow, QueueKey, QueueRow, Seen, ServerMessage, TicketRow,
    TicketState, View,
};

use super::{at, counter_4, ticket_id};

/// What the server shows the panel: counter 4 closed and nobody there, unless told otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Day(PanelView);

impl Day {
    pub(crate) fn closed() -> Self {
        Self(PanelView {
            counters: vec![CounterRow {
                counter: counter_4(),
                mode: CounterMode::Closed,
                clerk: None,
                running: None,
                seen: None,
            }],
            ..PanelView::default()
        })
    }

    pub(crate) fn open() -> Self {
        let mut day = Self::closed();
        day.counter().mode = CounterMode::Open;
        day
    }

    /// Counter 4 is at a break, or will be after the visit that runs.
    pub(crate) fn paused(mut self) -> Self {
        self.counter().mode = CounterMode::Paused;
        self
    }

    /// This person serves at counter 4.
    pub(crate) fn served_by(mut self, clerk: &str) -> Self {
        self.counter().clerk = Some(clerk.to_owned());
        self
    }

    /// Another counter of the office, with somebody who serves there or nobody.
    pub(crate) fn counter_of(mut self, counter: &str, mode: CounterMode, clerk: &str) -> Self {
        self.0.counters.push(CounterRow {
            counter: CounterKey::new(counter),
            mode,
            clerk: (!clerk.is_empty()).then(|| clerk.to_owned()),
            running: None,
            seen: None,
        });
        self
    }

    /// A clerk asks for help; `by` is the device of who is on the way, or empty.
    pub(crate) fn helping(mut self, counter: &str, since: &str, by: &str) -> Self {
        self.0.emergencies.push(EmergencyRow {
            counter: CounterKey::new(counter),
            raised_at: at(since),
            accepted_by: (!by.is_empty()).then(|| by.to_owned()),
        });
        self
    }

    pub(crate) fn locked(mut self, queue: &str, notice: &str, since: &str) -> Self {
        self.0.locks.push(LockRow {
            queue: QueueKey::new(queue),
            notice: notice.to_owned(),
            since: at(since),
        });
        self
    }

    pub(crate) fn with(mut self, tickets: impl IntoIterator<Item = TicketRow>) -> Self {
        self.0.tickets.extend(tickets);
        self
    }

    /// The ticket is called to counter 4, and no display has shown it yet.
    pub(crate) fn called(self, ticket: TicketRow, since: &str) -> Self {
        self.running(ticket, TicketState::Called, since)
    }

    pub(crate) fn serving(self, ticket: TicketRow, since: &str) -> Self {
        self.running(ticket, TicketState::Serving, since)
    }

    pub(crate) fn seen_on(mut self, painted: u32, displays: u32) -> Self {
        self.counter().seen = Some(Seen {
            painted,
            announced: painted,
            displays,
        });
        self
    }

    /// Shown on displays, and sounded by none.
    pub(crate) fn painted_in_silence(mut self, painted: u32, displays: u32) -> Self {
        self.counter().seen = Some(Seen {
            painted,
            announced: 0,
            displays,
        });
        self
    }

    pub(crate) fn faulty(mut self, device: &str, faults: &[&str]) -> Self {
        self.0.faults.push(DeviceFaults {
            device: device.to_owned(),
            faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
        });
        self
    }

    pub(crate) fn unprinted(mut self, number: &str, outcome: PrintOutcome) -> Self {
        let ticket = ticket_id(number);
        let job = JobId::new(format!("{}-1", ticket.0));
        self.0.unprinted.push(PrintRow {
            job,
            ticket,
            outcome,
        });
        self
    }

    pub(crate) fn finished(mut self, finished: u32) -> Self {
        self.0.finished = finished;
        self
    }

    /// The snapshot of this day, with the figures of its lines.
    pub(crate) fn told(mut self) -> Update {
        let queues = ["papers", "ids", "move"].map(|key| {
            let of_queue = |ticket: &&TicketRow| {
                ticket.queue.as_str() == key && ticket.state == TicketState::Waiting
            };
            let line = || self.0.tickets.iter().filter(of_queue);
            QueueRow {
                queue: QueueKey::new(key),
                waiting: u32::try_from(line().count()).expect("a short line"),
                longest_since: line().filter_map(|ticket| ticket.arrived_at).min(),
                promise: None,
            }
        });
        self.0.queues = queues.to_vec();
        // As the server sends them.
        self.0.tickets.sort_by_key(|ticket| ticket.id);
        Update::Message(ServerMessage::Snapshot {
            seq: 1,
            view: View::Panel(self.0),
        })
    }

    fn running(mut self, mut ticket: TicketRow, state: TicketState, since: &str) -> Self {
        ticket.state = state;
        ticket.counter = Some(counter_4());
        ticket.call = Some(CallId(7));
        ticket.calls = ticket.calls.max(1);
        ticket.since = at(since);
        let counter = self.counter();
        counter.mode = CounterMode::Open;
        counter.running = Some(ticket.id);
        counter.seen = Some(Seen {
            painted: 0,
            announced: 0,
            displays: 1,
        });
        self.with([ticket])
    }

    fn counter(&mut self) -> &mut CounterRow {
        &mut self.0.counters[0]
    }
}
