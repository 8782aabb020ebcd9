//! What there is to say about the last press, in the shapes that Slint compiled.

use crate::controller::{Notice, Refusal};
use crate::ui::{NoticeKind, NoticeShown, RefusalKind};

pub(super) fn notice(notice: Option<&Notice>) -> NoticeShown {
    let (kind, subject, until) = parts(notice);
    NoticeShown {
        kind,
        refusal: match notice {
            Some(Notice::Refused(refusal)) => refused(*refusal),
            _ => RefusalKind::CounterUnknown,
        },
        subject: subject.into(),
        until: until.into(),
    }
}

/// What it is, a number or words, and a time or what for.
fn parts(notice: Option<&Notice>) -> (NoticeKind, &str, &str) {
    let plain = |kind| (kind, "", "");
    let Some(notice) = notice else {
        return plain(NoticeKind::Nothing);
    };
    match notice {
        Notice::NobodyWaiting { until } => {
            (NoticeKind::NobodyWaiting, "", or_empty(until.as_deref()))
        }
        Notice::OtherSkills { until } => (NoticeKind::OtherSkills, "", or_empty(until.as_deref())),
        Notice::OtherCounter { until } => {
            (NoticeKind::OtherCounter, "", or_empty(until.as_deref()))
        }
        Notice::AllPaused { until } => (NoticeKind::AllPaused, "", or_empty(until.as_deref())),
        Notice::Held { number, until } => (NoticeKind::Held, number, until),
        Notice::NobodyNow { until } => (NoticeKind::NobodyNow, "", or_empty(until.as_deref())),
        Notice::VisitRunning { number } => (NoticeKind::VisitRunning, number, ""),
        Notice::BeingServed { number } => (NoticeKind::BeingServed, number, ""),
        Notice::CalledLater { number, until } => (NoticeKind::CalledLater, number, until),
        Notice::Missed { number } => (NoticeKind::Missed, number, ""),
        Notice::GoesOn { number, services } => (NoticeKind::GoesOn, number, services),
        Notice::TakenBack { number } => (NoticeKind::TakenBack, number, ""),
        Notice::WentOver { number, counter } => {
            (NoticeKind::WentOver, or_empty(number.as_deref()), counter)
        }
        Notice::TooEarly { from } => (NoticeKind::TooEarly, from, ""),
        Notice::Told(words) => (NoticeKind::Told, words, ""),
        Notice::NobodyCalled => plain(NoticeKind::NobodyCalled),
        Notice::CounterPaused => plain(NoticeKind::CounterPaused),
        Notice::CounterClosed => plain(NoticeKind::CounterClosed),
        Notice::HelpNotAsked => plain(NoticeKind::HelpNotAsked),
        Notice::SkillMissing => plain(NoticeKind::SkillMissing),
        Notice::Refused(_) => plain(NoticeKind::Refused),
        Notice::NotConfirmed => plain(NoticeKind::NotConfirmed),
        Notice::Unreadable => plain(NoticeKind::Unreadable),
    }
}

fn or_empty(text: Option<&str>) -> &str {
    text.unwrap_or_default()
}

fn refused(refusal: Refusal) -> RefusalKind {
    match refusal {
        Refusal::CounterUnknown => RefusalKind::CounterUnknown,
        Refusal::TicketUnknown => RefusalKind::TicketUnknown,
        Refusal::QueueUnknown => RefusalKind::QueueUnknown,
        Refusal::ServiceUnknown => RefusalKind::ServiceUnknown,
        Refusal::WrongState => RefusalKind::WrongState,
        Refusal::DayNotOpen => RefusalKind::DayNotOpen,
        Refusal::StoreUnavailable => RefusalKind::StoreUnavailable,
        Refusal::Busy => RefusalKind::Busy,
        Refusal::NotAllowed => RefusalKind::NotAllowed,
        Refusal::CounterInUse => RefusalKind::CounterInUse,
        Refusal::TargetClosed => RefusalKind::TargetClosed,
        Refusal::ClerkElsewhere => RefusalKind::ClerkElsewhere,
        Refusal::ClerkAbsent => RefusalKind::ClerkAbsent,
        Refusal::NoEmergency => RefusalKind::NoEmergency,
        Refusal::PauseInvalid => RefusalKind::PauseInvalid,
        Refusal::PersonsInvalid => RefusalKind::PersonsInvalid,
        Refusal::NoticeInvalid => RefusalKind::NoticeInvalid,
        Refusal::NothingToUndo => RefusalKind::NothingToUndo,
        Refusal::UndoOfOther => RefusalKind::UndoOfOther,
        Refusal::UndoTooLate => RefusalKind::UndoTooLate,
        Refusal::CounterWentOn => RefusalKind::CounterWentOn,
        Refusal::NumberTaken => RefusalKind::NumberTaken,
        Refusal::AlreadyHere => RefusalKind::AlreadyHere,
        Refusal::CalledNow => RefusalKind::CalledNow,
        Refusal::OtherDay => RefusalKind::OtherDay,
        Refusal::QueueFull => RefusalKind::QueueFull,
        Refusal::NobodyServes => RefusalKind::NobodyServes,
        Refusal::NotYourVisit => RefusalKind::NotYourVisit,
        Refusal::NoNote => RefusalKind::NoNote,
    }
}
