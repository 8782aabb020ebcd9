//! What a restart finds: the day from its records, from a snapshot and the rest, and made anonymous.

use aufruf_engine::{Event, RECORD_VERSION, Record, State, apply, replay};
use jiff::Timestamp;
use proptest::prelude::prop_assert_eq;
use proptest::test_runner::TestCaseResult;

use super::difference;
use crate::common::TestOffice;

/// From all records of the day; and from a snapshot taken after `cut` of them, and the rest.
pub(super) fn gives_the_day_back(office: &TestOffice, cut: usize) -> TestCaseResult {
    let written: Vec<Record> = office.records.iter().map(through_the_journal).collect();
    let replayed = replay(&written);
    prop_assert_eq!(difference::between(&replayed, &office.state), None);
    prop_assert_eq!(text_of(&replayed), text_of(&office.state));

    let (before, after) = written.split_at(cut.min(written.len()));
    let mut state = through_a_snapshot(&replay(before));
    for record in after {
        apply(&mut state, record);
    }
    prop_assert_eq!(difference::between(&state, &office.state), None);
    gives_it_back_without_persons(&written, &office.state)
}

/// Without languages, needs and codes the same people had the same numbers, places and ends.
fn gives_it_back_without_persons(written: &[Record], state: &State) -> TestCaseResult {
    let anonymous = |record: &Record| Record {
        event: record.event.clone().anonymised(),
        ..record.clone()
    };
    let anonymous: Vec<Record> = written.iter().map(anonymous).collect();
    let replayed = replay(&anonymous);
    for record in &anonymous {
        let again = record.event.clone().anonymised();
        prop_assert_eq!(&again, &record.event, "is anonymous for good");
    }
    let known = |state: &State| {
        let tickets = state.tickets().map(|ticket| {
            let what = (
                ticket.queue.clone(),
                ticket.services.clone(),
                ticket.state.clone(),
            );
            let when = (ticket.place, ticket.served_ms, ticket.first_called_at);
            (ticket.id, ticket.number.clone(), what, when)
        });
        tickets.collect::<Vec<_>>()
    };
    prop_assert_eq!(known(&replayed), known(state));
    let has_trait = |ticket: &aufruf_engine::Ticket| {
        let code = ticket.appointment.as_ref().and_then(|a| a.code.as_ref());
        !ticket.needs.is_empty() || code.is_some() || ticket.language.as_str() != "und"
    };
    let traces = replayed.tickets().filter(|ticket| has_trait(ticket));
    prop_assert_eq!(traces.count(), 0, "something of a person is left");
    Ok(())
}

/// A record as the journal keeps it: its time in whole milliseconds, the event as text.
fn through_the_journal(record: &Record) -> Record {
    let at = Timestamp::from_millisecond(record.at.as_millisecond()).expect("a time");
    let event = Event::decode(RECORD_VERSION, &record.event.encode());
    Record {
        at,
        event: event.expect("what was written can be read"),
        ..record.clone()
    }
}

fn text_of(state: &State) -> String {
    serde_json::to_string(state).expect("a state has a JSON form")
}

fn through_a_snapshot(state: &State) -> State {
    serde_json::from_str(&text_of(state)).expect("what was written can be read")
}
