//! The server's stable codes for its no, as far as a clerk can meet them.

/// Why the server said no. The screen has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    CounterUnknown,
    TicketUnknown,
    QueueUnknown,
    ServiceUnknown,
    /// Somebody else was quicker, or the visit has gone on.
    WrongState,
    DayNotOpen,
    /// Not done: the server can keep nothing just now.
    StoreUnavailable,
    /// Not done: more commands wait than the server takes.
    Busy,
    NotAllowed,
    CounterInUse,
    /// The counter to which it was to go is closed.
    TargetClosed,
    ClerkElsewhere,
    ClerkAbsent,
    NoEmergency,
    PauseInvalid,
    PersonsInvalid,
    NoticeInvalid,
    NothingToUndo,
    UndoOfOther,
    UndoTooLate,
    CounterWentOn,
    NumberTaken,
    AlreadyHere,
    /// Has checked in, and is called to a counter at this moment.
    CalledNow,
    OtherDay,
    QueueFull,
    /// No counter serves the queue.
    NobodyServes,
    /// The visit runs at another counter.
    NotYourVisit,
    NoNote,
}

impl Refusal {
    pub(super) fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "counter_unknown" => Self::CounterUnknown,
            "ticket_unknown" | "code_unknown" => Self::TicketUnknown,
            "queue_unknown" => Self::QueueUnknown,
            "service_unknown" => Self::ServiceUnknown,
            "wrong_state" | "not_serving" => Self::WrongState,
            "day_not_open" => Self::DayNotOpen,
            "store_unavailable" => Self::StoreUnavailable,
            "busy" => Self::Busy,
            "unauthorized" | "forbidden" => Self::NotAllowed,
            "counter_in_use" => Self::CounterInUse,
            "clerk_elsewhere" => Self::ClerkElsewhere,
            "clerk_absent" => Self::ClerkAbsent,
            "no_emergency" => Self::NoEmergency,
            "pause_invalid" => Self::PauseInvalid,
            "persons_invalid" => Self::PersonsInvalid,
            "notice_invalid" | "note_too_long" => Self::NoticeInvalid,
            "nothing_to_undo" => Self::NothingToUndo,
            "undo_of_other" => Self::UndoOfOther,
            "undo_too_late" => Self::UndoTooLate,
            "counter_went_on" => Self::CounterWentOn,
            "number_taken" => Self::NumberTaken,
            "already_here" => Self::AlreadyHere,
            "called_now" => Self::CalledNow,
            "other_day" => Self::OtherDay,
            "queue_full" => Self::QueueFull,
            "nobody_serves" => Self::NobodyServes,
            "not_your_visit" => Self::NotYourVisit,
            "note_unknown" => Self::NoNote,
            _ => return None,
        })
    }
}
