//! The engine's no, as it goes over the line: a problem with its status and code.

use aufruf_engine::{Nobody, NobodyReason, Refusal};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use super::Reply;

/// The engine's no. *Next* that found nobody is an answer like any other.
pub(crate) fn refused(refusal: &Refusal) -> Result<Reply, wire::Problem> {
    match refusal {
        Refusal::Nobody(nobody) => Ok(Reply::json(200, &nobody_reply(nobody))),
        refusal => Err(problem(refusal)),
    }
}

fn nobody_reply(nobody: &Nobody) -> wire::NextReply {
    let (reason, running) = match &nobody.reason {
        NobodyReason::NobodyWaiting => (wire::NobodyReason::NobodyWaiting, None),
        NobodyReason::OtherSkills => (wire::NobodyReason::OtherSkills, None),
        NobodyReason::OtherCounter => (wire::NobodyReason::OtherCounter, None),
        NobodyReason::AllPaused => (wire::NobodyReason::AllPaused, None),
        NobodyReason::Held => (wire::NobodyReason::Held, None),
        NobodyReason::CounterClosed => (wire::NobodyReason::CounterClosed, None),
        NobodyReason::CounterPaused => (wire::NobodyReason::CounterPaused, None),
        NobodyReason::VisitRunning(ticket) => (wire::NobodyReason::VisitRunning, Some(*ticket)),
    };
    let next = nobody.next.map(|(ticket, _)| ticket);
    let nobody = wire::Nobody {
        reason,
        ticket: running.or(next).map(|ticket| wire::TicketId(ticket.0)),
        until: nobody.next.map(|(_, until)| until),
    };
    wire::NextReply {
        called: None,
        nobody: Some(nobody),
    }
}

fn problem(refusal: &Refusal) -> wire::Problem {
    let (code, detail) = (refusal.code(), refusal.to_string());
    let problem = wire::Problem::new(status(refusal), code, "The office said no", detail);
    problem.from(at(refusal)).about(number(refusal))
}

fn status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::DayNotOpen => 503,
        Refusal::NotYourVisit { .. } => 403,
        Refusal::TicketUnknown(_)
        | Refusal::CounterUnknown(_)
        | Refusal::QueueUnknown(_)
        | Refusal::CodeUnknown
        | Refusal::NoEmergency(_) => 404,
        Refusal::NoService
        | Refusal::TooManyServices { .. }
        | Refusal::ServiceUnknown(_)
        | Refusal::ServiceTwice(_)
        | Refusal::PersonsInvalid { .. }
        | Refusal::NoticeInvalid { .. }
        | Refusal::CodeInvalid { .. }
        | Refusal::NumberOutOfRange { .. }
        | Refusal::AppointmentPast
        | Refusal::PauseInvalid { .. } => 422,
        Refusal::OfficeFaulty(_)
        | Refusal::StillInUse { .. }
        | Refusal::Closed { .. }
        | Refusal::LastTicketGone { .. }
        | Refusal::ContingentUsed { .. }
        | Refusal::SoldOut { .. }
        | Refusal::Locked { .. }
        | Refusal::NumberTaken { .. }
        | Refusal::TooManyBookings { .. }
        | Refusal::AlreadyHere { .. }
        | Refusal::CalledNow { .. }
        | Refusal::NobodyServes(_)
        | Refusal::OtherDay { .. }
        | Refusal::TooEarly { .. }
        | Refusal::QueueFull { .. }
        | Refusal::NumbersExhausted(_)
        | Refusal::TicketExists(_)
        | Refusal::CounterClosed(_)
        | Refusal::CounterPaused(_)
        | Refusal::CounterInUse(_)
        | Refusal::ClerkElsewhere { .. }
        | Refusal::ClerkAbsent(_)
        | Refusal::NothingToUndo { .. }
        | Refusal::UndoOfOther { .. }
        | Refusal::UndoTooLate { .. }
        | Refusal::CounterWentOn { .. }
        | Refusal::VisitRunning { .. }
        | Refusal::SkillMissing { .. }
        | Refusal::WrongState { .. }
        | Refusal::Nobody(_) => 409,
    }
}

/// From when on it can be done, where that is known.
fn at(refusal: &Refusal) -> Option<Timestamp> {
    match refusal {
        Refusal::Closed { opens_at, .. } => *opens_at,
        Refusal::TooEarly { from } => Some(*from),
        Refusal::OtherDay { at, .. } => Some(*at),
        _ => None,
    }
}

/// The number of somebody who typed a code, and whose visit has come further already.
fn number(refusal: &Refusal) -> Option<&str> {
    match refusal {
        Refusal::AlreadyHere { number, .. } | Refusal::CalledNow { number, .. } => Some(number),
        _ => None,
    }
}
