//! What is printed for a ticket: the document, in the visitor's language.
//!
//! Pure: words, figures and times in, blocks out.

use aufruf_engine::{Language, Promise, Ticket};
use aufruf_protocol::latest::{
    Align, Block, JobId, PrintDocument, PrintJob, ServiceKey, TextSize, TicketId, Weight,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::office::{OfficeDocument, TicketWords};

/// The id of a ticket's first print.
pub(crate) fn first_copy(ticket: TicketId) -> JobId {
    JobId::new(format!("{ticket}-1"))
}

/// The job that prints `ticket` in `language`, or in one that a printer can write.
pub(crate) fn ticket_job(
    document: &OfficeDocument,
    ticket: &Ticket,
    language: &Language,
) -> PrintJob {
    let within = SignedDuration::from_mins(i64::from(document.print_within_min));
    let id = TicketId(ticket.id.0);
    PrintJob {
        id: first_copy(id),
        ticket: id,
        number: ticket.number.label.clone(),
        expires_at: came_at(ticket)
            .saturating_add(within)
            .unwrap_or(Timestamp::MAX),
        document: ticket_document(document, ticket, language),
    }
}

/// When the ticket was taken, or the person checked in.
fn came_at(ticket: &Ticket) -> Timestamp {
    ticket.arrived_at.unwrap_or(ticket.known_at)
}

fn ticket_document(office: &OfficeDocument, ticket: &Ticket, language: &Language) -> PrintDocument {
    let (language, words) = printable(office, language.as_str());
    let info = super::office_info(office, 0);
    let zone = TimeZone::get(&office.time_zone).unwrap_or(TimeZone::UTC);
    let mut blocks = vec![
        centred(
            info.name.in_language(&language, &info.languages),
            TextSize::Normal,
            Weight::Bold,
        ),
        centred(&ticket.number.label, TextSize::Number, Weight::Bold),
    ];
    let queue = aufruf_protocol::latest::QueueKey::new(ticket.queue.as_str());
    let neutral = info.queue(&queue).is_some_and(|queue| queue.neutral);
    let services = ticket
        .services
        .iter()
        .map(|key| ServiceKey::new(key.as_str()));
    for service in services
        .filter(|_| !neutral)
        .filter_map(|key| info.service(&key).cloned())
    {
        let name = service.name.in_language(&language, &info.languages);
        blocks.push(centred(name, TextSize::Normal, Weight::Bold));
    }
    blocks.push(Block::Rule);
    match ticket.promise {
        Some(promise) if ticket.ahead == 0 && promise.low <= came_at(ticket) => {
            blocks.push(centred(&words.soon, TextSize::Large, Weight::Bold));
        }
        Some(promise) => {
            blocks.push(centred(&words.call_at, TextSize::Normal, Weight::Regular));
            let window = window(promise, &zone, words);
            blocks.push(centred(&window, TextSize::Large, Weight::Bold));
        }
        None => {}
    }
    blocks.push(centred(
        &words.ahead(ticket.ahead),
        TextSize::Normal,
        Weight::Regular,
    ));
    blocks.push(Block::Rule);
    blocks.push(centred(&words.watch, TextSize::Normal, Weight::Regular));
    let issued = came_at(ticket)
        .to_zoned(zone)
        .strftime("%d.%m.%Y  %H:%M")
        .to_string();
    blocks.push(centred(&issued, TextSize::Normal, Weight::Regular));
    blocks.push(Block::Cut);
    PrintDocument { language, blocks }
}

/// The visitor's language where a printer can write it, else the first of the office's that it can.
fn printable(office: &OfficeDocument, wanted: &str) -> (String, &'static TicketWords) {
    let candidates = std::iter::once(wanted).chain(office.languages.iter().map(String::as_str));
    let mut found = candidates.filter_map(|language| {
        TicketWords::in_language(language).map(|words| (language.to_owned(), words))
    });
    found.next().unwrap_or_else(|| {
        let english =
            TicketWords::in_language("en").expect("English words are part of the program");
        ("en".to_owned(), english)
    })
}

fn window(promise: Promise, zone: &TimeZone, words: &TicketWords) -> String {
    let clock = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    let (low, high) = (clock(promise.low), clock(promise.high));
    format!("{low} {} {high} {}", words.to, words.clock)
        .trim_end()
        .to_owned()
}

fn centred(text: &str, size: TextSize, weight: Weight) -> Block {
    Block::Text {
        text: text.to_owned(),
        size,
        weight,
        align: Align::Centre,
    }
}
