//! A device's wish as a command: what is malformed is told here, in words, before the engine is asked.

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;
use engine::{Command, CounterKey, Language, Need, Priority, QueueKey, ServiceKey, TicketId};

/// LIMIT: characters of a language's tag (BCP 47 asks for 35 to be supported).
const LANGUAGE_LIMIT: usize = 35;
/// LIMIT: characters of the name by which a clerk signs in.
const CLERK_LIMIT: usize = 64;

/// Where a ticket is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Kiosk,
    Panel,
}

/// A walk-in's wish. Only staff give a priority: what a kiosk says of it is not heard.
pub(crate) fn issue(
    ticket: TicketId,
    wish: &wire::IssueTicket,
    source: Source,
) -> Result<Command, wire::Problem> {
    let (source, wanted) = match source {
        Source::Kiosk => (engine::Source::Kiosk, None),
        Source::Panel => (engine::Source::Counter, wish.priority),
    };
    Ok(Command::IssueTicket(engine::IssueTicket {
        ticket,
        services: services(&wish.services),
        language: language(&wish.language)?,
        needs: needs(&wish.needs),
        persons: wish.persons.unwrap_or(1),
        priority: priority(wanted)?.unwrap_or(Priority::WALK_IN),
        source,
        shown: wish.shown.map(promise),
    }))
}

/// An appointment that a clerk made or changed; `fresh` is the id of a new one.
pub(crate) fn book(
    fresh: TicketId,
    wish: &wire::BookAppointment,
) -> Result<Command, wire::Problem> {
    Ok(Command::BookAppointment(engine::Booking {
        ticket: wish.id.map_or(fresh, super::ticket_id),
        number: wish.number.trim().to_owned(),
        code: wish.code.as_deref().map(|code| code.trim().to_owned()),
        at: wish.at,
        services: services(&wish.services),
        language: language(&wish.language)?,
        needs: needs(&wish.needs),
        persons: wish.persons.unwrap_or(1),
        priority: priority(wish.priority)?.unwrap_or(Priority::APPOINTMENT),
        source: engine::Source::Counter,
    }))
}

pub(crate) fn check_in(wish: &wire::CheckIn) -> Result<Command, wire::Problem> {
    match (&wish.code, wish.ticket) {
        (Some(code), None) => Ok(Command::CheckIn(engine::CheckIn::Code(code.clone()))),
        (None, Some(ticket)) => {
            let ticket = super::ticket_id(ticket);
            Ok(Command::CheckIn(engine::CheckIn::Ticket(ticket)))
        }
        (None, None) | (Some(_), Some(_)) => Err(malformed(
            "check_in_unclear",
            "Say either the code or the ticket of the person who is here, and not both.",
        )),
    }
}

/// In which language somebody who checks in wants the paper, where they say so.
pub(crate) fn paper_language(wish: &wire::CheckIn) -> Result<Option<Language>, wire::Problem> {
    wish.language.as_deref().map(language).transpose()
}

pub(crate) fn open_counter(
    counter: &str,
    wish: &wire::OpenCounter,
) -> Result<Command, wire::Problem> {
    Ok(Command::OpenCounter {
        counter: CounterKey::new(counter),
        clerk: wish.clerk.as_deref().map(clerk).transpose()?,
    })
}

pub(crate) fn finish(
    ticket: TicketId,
    wish: &wire::FinishTicket,
) -> Result<Command, wire::Problem> {
    let result = match wish.result {
        None | Some(wire::VisitResult::Served) => engine::VisitResult::Served,
        Some(wire::VisitResult::WithoutRecord) => engine::VisitResult::WithoutRecord,
        Some(wire::VisitResult::NotPossible) => engine::VisitResult::NotPossible,
        Some(wire::VisitResult::Unknown) => {
            return Err(malformed(
                "result_unknown",
                "A visit ends as \"served\", \"without_record\" or \"not_possible\"; say one of them.",
            ));
        }
    };
    Ok(Command::Finish(engine::Finish {
        ticket,
        done: wish.done.as_deref().map(services),
        persons: wish.persons,
        result,
    }))
}

pub(crate) fn transfer(ticket: TicketId, target: &wire::Target) -> Result<Command, wire::Problem> {
    let to = match target {
        wire::Target::Queue { queue } => engine::Target::Queue(super::queue_key(queue)),
        wire::Target::Counter { counter } => {
            engine::Target::Counter(CounterKey::new(counter.as_str()))
        }
        wire::Target::Clerk { clerk: name } => engine::Target::Clerk(clerk(name)?),
        wire::Target::Unknown => {
            return Err(malformed(
                "target_unknown",
                "A visit is sent to a \"queue\", a \"counter\" or a \"clerk\"; choose one of them.",
            ));
        }
    };
    Ok(Command::Transfer { ticket, to })
}

pub(crate) fn change(
    ticket: TicketId,
    wish: &wire::ChangeTicket,
) -> Result<Command, wire::Problem> {
    Ok(Command::ChangeTicket(engine::ChangeTicket {
        ticket,
        services: wish.services.as_deref().map(services),
        needs: wish.needs.as_deref().map(needs),
        priority: priority(wish.priority)?,
        persons: wish.persons,
    }))
}

pub(crate) fn lock(wish: &wire::LockQueues) -> Command {
    Command::LockQueues {
        queues: wish.queues.iter().map(super::queue_key).collect(),
        notice: wish.notice.clone(),
    }
}

pub(crate) fn unlock(wish: &wire::UnlockQueues) -> Command {
    let queues: std::collections::BTreeSet<QueueKey> =
        wish.queues.iter().map(super::queue_key).collect();
    Command::UnlockQueues { queues }
}

fn services(keys: &[wire::ServiceKey]) -> Vec<ServiceKey> {
    let keys = keys.iter();
    keys.map(|key| ServiceKey::new(key.as_str())).collect()
}

/// A need that this version does not know is left out: it could bind no counter.
fn needs(needs: &[wire::Need]) -> std::collections::BTreeSet<Need> {
    let known = |need: &wire::Need| match need {
        wire::Need::LoweredCounter => Some(Need::LoweredCounter),
        wire::Need::InductionLoop => Some(Need::InductionLoop),
        wire::Need::GuideStrip => Some(Need::GuideStrip),
        wire::Need::SignLanguage => Some(Need::SignLanguage),
        wire::Need::Unknown => None,
    };
    needs.iter().filter_map(known).collect()
}

fn promise(wire::Promise { low, mid, high }: wire::Promise) -> engine::Promise {
    engine::Promise { low, mid, high }
}

/// Whether it looks like a BCP 47 tag; which languages there are, nobody needs to know here.
fn language(tag: &str) -> Result<Language, wire::Problem> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (2..=LANGUAGE_LIMIT).contains(&tag.len()) && tag.bytes().all(is_plain) {
        return Ok(Language::new(tag));
    }
    let detail = "language has to be a BCP 47 tag such as \"de\" or \"de-x-easy\".";
    Err(unreadable("language_invalid", detail))
}

fn priority(wanted: Option<u8>) -> Result<Option<Priority>, wire::Problem> {
    let parsed = wanted.map(Priority::try_from).transpose();
    let detail = "A priority is 1, 2 or 3, and 1 comes first; say one of them.";
    parsed.map_err(|_not_one| malformed("priority_invalid", detail))
}

fn clerk(name: &str) -> Result<engine::ClerkKey, wire::Problem> {
    let name = name.trim();
    let is_short = (1..=CLERK_LIMIT).contains(&name.chars().count());
    if is_short && !name.chars().any(char::is_control) {
        return Ok(engine::ClerkKey::new(name));
    }
    let detail = format!("A clerk's name has 1 to {CLERK_LIMIT} characters on one line.");
    Err(malformed("clerk_invalid", &detail))
}

fn unreadable(code: &str, detail: &str) -> wire::Problem {
    wire::Problem::new(400, code, "The request cannot be read", detail)
}

fn malformed(code: &str, detail: &str) -> wire::Problem {
    wire::Problem::new(422, code, "The request says what cannot be", detail)
}
