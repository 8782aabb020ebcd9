//! What each kind of screen shows, and how a delta changes it. Server and screens run the same
//! [`View::apply`], so both have the same picture.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Call, CallId, CounterKey, CounterRow, EmergencyRow, JobId, LockRow, PrintJob, PrintOutcome,
    Promise, QueueKey, ServiceKey, Texts, TicketId, TicketRow,
};

/// LIMIT: a display's list keeps this many calls; the largest layout shows 3 columns of 12.
pub const CALLS_KEPT: usize = 36;
/// LIMIT: a kiosk's list keeps this many of its last print jobs; a visitor sees the last one only.
const PRINTS_KEPT: usize = 8;
/// LIMIT: a panel lists this many tickets without paper; more is one broken printer, told as its fault.
const UNPRINTED_KEPT: usize = 50;
/// LIMIT: a printer's view keeps this many jobs; older ones have long expired.
const JOBS_KEPT: usize = 64;

/// The view of one stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum View {
    Kiosk(KioskView),
    Display(DisplayView),
    Panel(PanelView),
    Printer(PrinterView),
    /// A view of a later version: show the last known one as stale.
    #[serde(other)]
    Unknown,
}

/// What the kiosk offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskView {
    pub offers: Vec<Offer>,
    /// The jobs this kiosk ordered, the latest last.
    pub prints: Vec<PrintRow>,
}

/// One service as the visitor sees it before pressing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub service: ServiceKey,
    pub state: OfferState,
    /// For `closed`: when it opens again, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// For `locked`: what the team lead wants to be said, in the office's first language. For `closed`:
    /// why the whole day is closed, where that has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Texts>,
    pub waiting: u32,
    /// The window for somebody who comes now. None where nobody can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

wire_enum! {
    OfferState {
        Open = "open",
        /// Outside its hours.
        Closed = "closed",
        /// Still open, but the last ticket of the day is gone.
        LastTicketGone = "last_ticket_gone",
        /// The day's tickets are used up.
        ContingentUsed = "contingent_used",
        /// There is no time left for it today: everybody who waits already fills the rest of it.
        SoldOut = "sold_out",
        /// The team lead lets nobody take a ticket for now.
        Locked = "locked",
    }
    unknown:
    /// A later state: show the service without a window, and let the server decide.
}

/// The printing state of one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintRow {
    pub job: JobId,
    pub ticket: TicketId,
    pub outcome: PrintOutcome,
}

/// What a display shows of its area.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayView {
    /// The newest last. A ticket stands here once, with its latest call.
    pub calls: Vec<Call>,
    pub queues: Vec<QueueRow>,
}

/// One line of people in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    pub queue: QueueKey,
    pub waiting: u32,
    /// When the one who waits longest came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_since: Option<Timestamp>,
    /// The window for somebody who comes now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

/// What panels see: the whole office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelView {
    /// Every ticket of the day that is not finished, cancelled or expired, in the order of ids.
    pub tickets: Vec<TicketRow>,
    pub counters: Vec<CounterRow>,
    pub queues: Vec<QueueRow>,
    /// Visits finished today.
    pub finished: u32,
    /// Devices that say that something is wrong with them, by their ids.
    #[serde(default)]
    pub faults: Vec<DeviceFaults>,
    /// Open tickets whose paper did not come out, or may not have.
    #[serde(default)]
    pub unprinted: Vec<PrintRow>,
    /// Clerks who need help, by counter.
    #[serde(default)]
    pub emergencies: Vec<EmergencyRow>,
    /// Queues of which visitors take no ticket for now.
    #[serde(default)]
    pub locks: Vec<LockRow>,
}

/// What is wrong with one device, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceFaults {
    pub device: String,
    pub faults: Vec<String>,
}

/// What a printer has to print.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterView {
    /// Jobs without a last word yet, the oldest first.
    pub jobs: Vec<PrintJob>,
}

/// One change of a view. A screen ignores a change that is not for its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "most changes are tickets, and a delta is few of them for a moment"
)]
pub enum Change {
    Ticket {
        row: TicketRow,
    },
    /// The ticket has left the lists.
    TicketGone {
        ticket: TicketId,
    },
    Counter {
        row: CounterRow,
    },
    Queue {
        row: QueueRow,
    },
    Finished {
        finished: u32,
    },
    /// A clerk needs help, or help is on the way.
    Emergency {
        row: EmergencyRow,
    },
    EmergencyGone {
        counter: CounterKey,
    },
    Lock {
        row: LockRow,
    },
    LockGone {
        queue: QueueKey,
    },
    /// The device's faults now; none means that all is well again.
    Faults {
        row: DeviceFaults,
    },
    /// The call has left the display: the visit ended or went back into the line.
    CallGone {
        call: CallId,
    },
    Offer {
        row: Offer,
    },
    Print {
        row: PrintRow,
    },
    /// The job has its last word.
    JobGone {
        job: JobId,
    },
    /// A change of a later version: ignore it.
    #[serde(other)]
    Unknown,
}

impl View {
    /// Takes one change in. A change for another kind of view, or an unknown one, changes nothing.
    pub fn apply(&mut self, change: &Change) {
        match (self, change) {
            (Self::Kiosk(view), change) => view.apply(change),
            (Self::Display(view), change) => view.apply(change),
            (Self::Panel(view), change) => view.apply(change),
            (Self::Printer(view), Change::JobGone { job }) => {
                view.jobs.retain(|held| &held.id != job);
            }
            (Self::Printer(_) | Self::Unknown, _) => {}
        }
    }

    /// Takes a call in: only a display lists calls.
    pub fn take_call(&mut self, call: &Call) {
        if let Self::Display(view) = self {
            view.take_call(call);
        }
    }

    /// Takes a print job in: only a printer lists jobs.
    pub fn take_job(&mut self, job: &PrintJob) {
        if let Self::Printer(view) = self {
            upsert(&mut view.jobs, job.clone(), |held| held.id == job.id);
            keep_last(&mut view.jobs, JOBS_KEPT);
        }
    }
}

impl KioskView {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Offer { row } => upsert(&mut self.offers, row.clone(), |held| {
                held.service == row.service
            }),
            Change::Print { row } => {
                upsert(&mut self.prints, row.clone(), |held| held.job == row.job);
                keep_last(&mut self.prints, PRINTS_KEPT);
            }
            _ => {}
        }
    }
}

impl DisplayView {
    /// Lists the call, in place of an earlier call of the same ticket. Calls keep the order of their ids.
    pub fn take_call(&mut self, call: &Call) {
        if self
            .calls
            .iter()
            .any(|held| held.ticket == call.ticket && held.id >= call.id)
        {
            return;
        }
        self.calls.retain(|held| held.ticket != call.ticket);
        let at = self.calls.partition_point(|held| held.id < call.id);
        self.calls.insert(at, call.clone());
        keep_last(&mut self.calls, CALLS_KEPT);
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Queue { row } => upsert(&mut self.queues, row.clone(), |held| {
                held.queue == row.queue
            }),
            Change::CallGone { call } => self.calls.retain(|held| held.id != *call),
            _ => {}
        }
    }
}

impl PanelView {
    pub fn ticket(&self, id: TicketId) -> Option<&TicketRow> {
        self.place_of(id).ok().map(|at| &self.tickets[at])
    }

    /// Where the ticket stands in the list, or where it would.
    fn place_of(&self, id: TicketId) -> Result<usize, usize> {
        self.tickets.binary_search_by_key(&id, |ticket| ticket.id)
    }

    fn take_ticket(&mut self, row: &TicketRow) {
        match self.place_of(row.id) {
            Ok(at) => self.tickets[at] = row.clone(),
            Err(at) => self.tickets.insert(at, row.clone()),
        }
    }

    fn drop_ticket(&mut self, id: TicketId) {
        self.unprinted.retain(|held| held.ticket != id);
        if let Ok(at) = self.place_of(id) {
            self.tickets.remove(at);
        }
    }

    pub fn counter(&self, key: &CounterKey) -> Option<&CounterRow> {
        self.counters.iter().find(|row| &row.counter == key)
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Ticket { row } => self.take_ticket(row),
            Change::TicketGone { ticket } => self.drop_ticket(*ticket),
            Change::Counter { row } => upsert(&mut self.counters, row.clone(), |held| {
                held.counter == row.counter
            }),
            Change::Queue { row } => upsert(&mut self.queues, row.clone(), |held| {
                held.queue == row.queue
            }),
            Change::Finished { finished } => self.finished = *finished,
            Change::Emergency { row } => upsert(&mut self.emergencies, row.clone(), |held| {
                held.counter == row.counter
            }),
            Change::EmergencyGone { counter } => {
                self.emergencies.retain(|held| &held.counter != counter);
            }
            Change::Lock { row } => {
                upsert(&mut self.locks, row.clone(), |held| held.queue == row.queue);
            }
            Change::LockGone { queue } => self.locks.retain(|held| &held.queue != queue),
            Change::Faults { row } => self.take_faults(row),
            Change::Print { row } => self.take_print(row),
            _ => {}
        }
    }

    fn take_faults(&mut self, row: &DeviceFaults) {
        self.faults.retain(|held| held.device != row.device);
        if !row.faults.is_empty() {
            self.faults.push(row.clone());
        }
    }

    fn take_print(&mut self, row: &PrintRow) {
        self.unprinted.retain(|held| held.ticket != row.ticket);
        match row.outcome {
            PrintOutcome::Pending | PrintOutcome::Printed => {}
            PrintOutcome::Failed
            | PrintOutcome::Doubtful
            | PrintOutcome::Expired
            | PrintOutcome::Unknown => self.unprinted.push(row.clone()),
        }
        keep_last(&mut self.unprinted, UNPRINTED_KEPT);
    }
}

fn upsert<T>(rows: &mut Vec<T>, row: T, is_it: impl Fn(&T) -> bool) {
    match rows.iter_mut().find(|held| is_it(held)) {
        Some(held) => *held = row,
        None => rows.push(row),
    }
}

fn keep_last<T>(rows: &mut Vec<T>, limit: usize) {
    let surplus = rows.len().saturating_sub(limit);
    rows.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn call(id: u64, ticket: u128, nth: u32) -> Call {
        Call {
            id: CallId(id),
            ticket: TicketId(Uuid::from_u128(ticket)),
            number: format!("A{ticket:03}"),
            queue: QueueKey::new("ids"),
            counter: CounterKey::new("counter-4"),
            language: "de".to_owned(),
            called_at: Timestamp::UNIX_EPOCH,
            nth,
        }
    }

    fn numbers(view: &DisplayView) -> Vec<u64> {
        view.calls.iter().map(|call| call.id.0).collect()
    }

    #[test]
    fn calls_stand_in_the_order_of_their_ids_whatever_order_they_came_in() {
        let mut view = DisplayView::default();
        for (id, ticket) in [(3, 1), (1, 2), (2, 3)] {
            view.take_call(&call(id, ticket, 1));
        }
        assert_eq!(numbers(&view), [1, 2, 3]);
    }

    #[test]
    fn a_recall_takes_the_place_of_the_first_call_and_an_old_one_does_not_come_back() {
        let mut view = DisplayView::default();
        view.take_call(&call(1, 7, 1));
        view.take_call(&call(2, 8, 1));
        view.take_call(&call(3, 7, 2));
        view.take_call(&call(1, 7, 1));
        assert_eq!(numbers(&view), [2, 3]);
    }

    #[test]
    fn the_list_of_calls_is_limited_and_keeps_the_newest() {
        let mut view = DisplayView::default();
        for id in 0..100 {
            view.take_call(&call(id, u128::from(id), 1));
        }
        assert_eq!(view.calls.len(), CALLS_KEPT);
        assert_eq!(view.calls.last().map(|call| call.id), Some(CallId(99)));
    }
}
