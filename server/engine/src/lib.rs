//! The engine: what an office's queue *is* and what a command does to it.
//!
//! Owns tickets, numbers, counters, the order of calls, the day and the promise. It is pure: no
//! clock, no I/O, no randomness, no threads; ids and the time come in with each command.
//!
//! ```text
//! Command ──decide(&State, now)──▶ Vec<Event> | Refusal      (reads only)
//! Record  ──apply(&mut State)───▶ State                       (total: cannot fail)
//! step    = decide, number the events, apply them             (what the shell and the tests call)
//! ```
//!
//! The records of a day, applied in order to an empty state, give the state again: replay is the
//! only way a state comes back from disk.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.
#![forbid(unsafe_code)]

mod apply;
mod chance;
mod command;
mod decide;
mod event;
pub mod hours;
mod id;
pub mod invariants;
mod learned;
mod line;
mod number;
mod office;
mod open_now;
mod order;
pub mod planning;
mod promise;
mod record;
mod refusal;
mod slotting;
mod state;
mod step;
mod sums;
mod ticket;
mod undo;
mod why;

pub use apply::apply;
pub use command::{Booking, ChangeTicket, CheckIn, Command, Finish, IssueTicket, Target};
pub use decide::decide;
pub use event::{Event, Requeued};
pub use id::{
    Actor, AreaKey, CallId, ClerkKey, CounterKey, EventSeq, Language, QueueKey, SeriesKey,
    ServiceKey, TicketId,
};
pub use learned::{Experience, Lasted, Waits, Windows};
pub use line::Line;
pub use number::{GivenBy, Resting, TicketNumber};
pub use office::{
    Area, CheckInRule, Closure, Counter, FaultyOffice, HouseRules, Office, Queue, QueueRules,
    Series, Service,
};
pub use order::{Next, can_serve, next_ticket};
pub use promise::{Corrected, Promise};
pub use record::{RECORD_VERSION, Record, Unreadable};
pub use refusal::{Nobody, NobodyReason, Refusal};
pub(crate) use state::Gain;
pub(crate) use state::Staffed;
pub use state::{CounterMode, CounterState, Day, Emergency, Lock, State};
pub use step::{replay, step};
pub use sums::{DaySums, QueueSums};
pub use ticket::{
    Appointment, Bound, ExpiredFrom, Need, Pause, PauseCause, Place, Priority, Source, Ticket,
    TicketState, VisitResult,
};
pub use why::Why;
