//! What happened. Past tense; with the record's number and time, an event says all that `apply` needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Booking, Bound, ClerkKey, Corrected, CounterKey, DaySums, EventSeq, Experience, Language, Need,
    Office, Place, Priority, Promise, QueueKey, Resting, ServiceKey, Source, TicketId,
    TicketNumber, VisitResult, Why,
};

/// One thing that happened in the office. No personal data, ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A day began. Carries all that lives on from the day before: state never replays across days.
    DayOpened {
        date: Date,
        ends_at: Timestamp,
        office: Arc<Office>,
        resting: Vec<Resting>,
        /// Appointments of this day and of later ones.
        bookings: Vec<Booking>,
        /// Appointments of days on which nothing ran: nobody could come.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lapsed: Vec<TicketId>,
        /// What the days before have taught.
        #[serde(default)]
        learned: Arc<Experience>,
    },
    /// The day ended; these visits were still open.
    DayClosed {
        expired: Vec<TicketId>,
        sums: DaySums,
    },
    OfficeChanged {
        office: Arc<Office>,
    },
    /// A queue has closed and the overtime that its rules allow is over.
    QueueEnded {
        queue: QueueKey,
        /// Those who still waited, and those who had not come.
        expired: Vec<TicketId>,
    },
    /// The team lead lets nobody take a ticket of this queue.
    QueueLocked {
        queue: QueueKey,
        /// A public notice for the kiosk; about the house, never about a person.
        notice: String,
    },
    QueueUnlocked {
        queue: QueueKey,
    },
    /// The plan has no room for one more of these today.
    SoldOut {
        services: Vec<ServiceKey>,
    },
    /// Capacity was added, and the plan has room again.
    RoomAgain {
        services: Vec<ServiceKey>,
    },
    /// Every series that has this number goes on from there.
    NumbersAdvanced {
        from: u32,
    },
    CounterOpened {
        counter: CounterKey,
        clerk: Option<ClerkKey>,
    },
    CounterPaused {
        counter: CounterKey,
    },
    CounterClosed {
        counter: CounterKey,
    },
    /// The clerk went to another counter and took a running visit along.
    CounterMoved {
        from: CounterKey,
        to: CounterKey,
        /// The visit that moved along.
        ticket: Option<TicketId>,
    },
    TicketIssued {
        ticket: TicketId,
        number: TicketNumber,
        queue: QueueKey,
        services: Vec<ServiceKey>,
        language: Language,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        needs: BTreeSet<Need>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promise: Option<Promise>,
        /// How far that window was corrected already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrected: Option<Corrected>,
        /// People before this one when the ticket was taken.
        ahead: u32,
        persons: u32,
        priority: Priority,
        source: Source,
    },
    /// An appointment was made or changed.
    AppointmentBooked {
        booking: Booking,
    },
    /// The person with the appointment is here.
    CheckedIn {
        ticket: TicketId,
        /// From when on the person stands in the line: the agreed time, or later for who came late.
        from: Timestamp,
        ahead: u32,
    },
    TicketCalled {
        ticket: TicketId,
        counter: CounterKey,
        why: Why,
        /// Who came before, could have gone to this counter, and waits on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        overtook: Vec<TicketId>,
    },
    TicketRecalled {
        ticket: TicketId,
    },
    ServiceStarted {
        ticket: TicketId,
    },
    /// A counter has done its part; the rest waits for another one.
    PartServed {
        ticket: TicketId,
        done: Vec<ServiceKey>,
        rest: Vec<ServiceKey>,
        /// The line for the rest.
        queue: QueueKey,
        persons: u32,
        /// How this part ended.
        result: VisitResult,
    },
    VisitFinished {
        ticket: TicketId,
        /// What was really done.
        done: Vec<ServiceKey>,
        persons: u32,
        result: VisitResult,
    },
    /// Served; the person comes back for what is being made.
    PickUpPromised {
        ticket: TicketId,
        done: Vec<ServiceKey>,
    },
    /// Did not come, and is called again after `until`.
    CalledInVain {
        ticket: TicketId,
        until: Timestamp,
    },
    TicketMissed {
        ticket: TicketId,
    },
    TicketRequeued {
        ticket: TicketId,
        to: Requeued,
    },
    VisitParked {
        ticket: TicketId,
    },
    VisitResumed {
        ticket: TicketId,
        counter: CounterKey,
    },
    /// Sent on to a queue, a counter or a person, with the place earned so far.
    TicketTransferred {
        ticket: TicketId,
        queue: QueueKey,
        bound: Option<Bound>,
    },
    PlacePaused {
        ticket: TicketId,
        until: Timestamp,
    },
    /// Back before the pause was over.
    PlaceResumed {
        ticket: TicketId,
    },
    TicketChanged {
        ticket: TicketId,
        queue: QueueKey,
        services: Vec<ServiceKey>,
        needs: BTreeSet<Need>,
        priority: Priority,
        persons: u32,
    },
    TicketCancelled {
        ticket: TicketId,
    },
    /// The last step of a visit, record `step`, was taken back.
    StepUndone {
        ticket: TicketId,
        step: EventSeq,
    },
    EmergencyRaised {
        counter: CounterKey,
    },
    /// Somebody is on the way.
    EmergencyAccepted {
        counter: CounterKey,
    },
    EmergencyEnded {
        counter: CounterKey,
    },
}

/// Where somebody goes who is put back into the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requeued {
    /// Called by mistake or too early: the old place.
    OldPlace,
    /// Came after the call was over: right behind this place.
    Behind(Place),
    /// Behind those who wait now. Only old journals say it.
    End,
}

impl Event {
    /// The ticket it is about, where it is about one.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::TicketIssued { ticket, .. }
            | Self::CheckedIn { ticket, .. }
            | Self::TicketCalled { ticket, .. }
            | Self::TicketRecalled { ticket }
            | Self::ServiceStarted { ticket }
            | Self::PartServed { ticket, .. }
            | Self::VisitFinished { ticket, .. }
            | Self::PickUpPromised { ticket, .. }
            | Self::CalledInVain { ticket, .. }
            | Self::TicketMissed { ticket }
            | Self::TicketRequeued { ticket, .. }
            | Self::VisitParked { ticket }
            | Self::VisitResumed { ticket, .. }
            | Self::TicketTransferred { ticket, .. }
            | Self::PlacePaused { ticket, .. }
            | Self::PlaceResumed { ticket }
            | Self::TicketChanged { ticket, .. }
            | Self::TicketCancelled { ticket }
            | Self::StepUndone { ticket, .. } => Some(*ticket),
            Self::AppointmentBooked { booking } => Some(booking.ticket),
            Self::CounterMoved { ticket, .. } => *ticket,
            Self::DayOpened { .. }
            | Self::DayClosed { .. }
            | Self::OfficeChanged { .. }
            | Self::QueueEnded { .. }
            | Self::QueueLocked { .. }
            | Self::QueueUnlocked { .. }
            | Self::SoldOut { .. }
            | Self::RoomAgain { .. }
            | Self::NumbersAdvanced { .. }
            | Self::CounterOpened { .. }
            | Self::CounterPaused { .. }
            | Self::CounterClosed { .. }
            | Self::EmergencyRaised { .. }
            | Self::EmergencyAccepted { .. }
            | Self::EmergencyEnded { .. } => None,
        }
    }
}
