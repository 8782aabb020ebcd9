//! A stream of people who are put before others never ends: the others are reached all the same.

use std::collections::BTreeSet;

use aufruf_engine::{Counter, IssueTicket, Need, Office, Priority, Source, TicketId};
use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert, prop_oneof, proptest};
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::config;
use crate::common::{TestOffice, finish, house, next, open, service_keys};

/// Nobody shall wait longer.
const MAX_WAIT_MIN: i64 = 20;

/// What one person came for, and what sets them apart.
#[derive(Debug, Clone)]
struct Person {
    services: &'static [&'static str],
    needs: BTreeSet<Need>,
    priority: Priority,
}

/// A house in which one person waits, and a minute's stream of others.
#[derive(Debug, Clone)]
struct House {
    /// Who wait already.
    before: Vec<Person>,
    /// The one whom nobody shall pass over.
    patient: Person,
    /// Every minute these come, all with a better priority.
    stream: Vec<Person>,
    helps_out: bool,
}

fn person() -> impl Strategy<Value = Person> {
    let all: [&[&str]; 7] = [
        &["id-card"],
        &["passport"],
        &["passport", "id-card"],
        &["id-card", "move"],
        &["move"],
        &["birth", "death"],
        &["block", "extract"],
    ];
    let needs = prop_oneof![
        Just(BTreeSet::new()),
        Just(BTreeSet::from([Need::LoweredCounter])),
        Just(BTreeSet::from([Need::SignLanguage])),
    ];
    (proptest::sample::select(all.to_vec()), needs).prop_map(|(services, needs)| Person {
        services,
        needs,
        priority: Priority::WALK_IN,
    })
}

fn favoured() -> impl Strategy<Value = Person> {
    let priority = prop_oneof![Just(Priority::FIRST), Just(Priority::APPOINTMENT)];
    (person(), priority).prop_map(|(person, priority)| Person { priority, ..person })
}

fn a_house() -> impl Strategy<Value = House> {
    let people = (vec(person(), 0..6), person(), vec(favoured(), 1..8));
    (people, proptest::bool::ANY).prop_map(|((before, patient, stream), helps_out)| House {
        before,
        patient,
        stream,
        helps_out,
    })
}

/// All five counters serve; two have what somebody may need, and one only helps out.
fn office(helps_out: bool) -> Office {
    let mut office = house();
    for queue in &mut office.queues {
        queue.max_waiting = 2_000;
        queue.rules.max_wait_min = u32::try_from(MAX_WAIT_MIN).expect("minutes");
    }
    office.counters[1].attributes = BTreeSet::from([Need::LoweredCounter]);
    office.counters[4].attributes = BTreeSet::from([Need::LoweredCounter]);
    if helps_out {
        let first = &mut office.counters[0];
        first.helps_out = first.skills.iter().take(2).cloned().collect();
    }
    office
}

fn comes(office: &mut TestOffice, person: &Person) -> TicketId {
    let wish = office.wish(person.services);
    office.takes_as(IssueTicket {
        needs: person.needs.clone(),
        priority: person.priority,
        source: Source::Counter,
        ..wish
    })
}

/// One round of all counters: each calls, and has done with everybody at once.
fn works(office: &mut TestOffice) -> Vec<(Counter, TicketId)> {
    let counters = office.state.office().expect("in use").counters.clone();
    let mut called = Vec::new();
    for counter in counters {
        let Ok(events) = office.tries(next(counter.key.as_str())) else {
            continue;
        };
        let ticket = events[0].ticket().expect("a call is about a ticket");
        office.does(finish(ticket));
        called.push((counter, ticket));
    }
    called
}

fn reaches_the_patient(house: &House) -> TestCaseResult {
    let mut office = TestOffice::opens_as(office(house.helps_out));
    for n in 1..6 {
        office.does(open(&format!("counter-{n}")));
    }
    for person in &house.before {
        comes(&mut office, person);
    }
    let patient = comes(&mut office, &house.patient);
    let since = office.now();
    // After the longest wait those go first who wait longer still, one a minute at the least.
    let longest = MAX_WAIT_MIN + i64::try_from(house.before.len()).expect("few") + 1;
    for _ in 0..=longest {
        for person in &house.stream {
            comes(&mut office, person);
        }
        for (counter, called) in works(&mut office) {
            if called == patient {
                return Ok(());
            }
            let is_for_the_patient = counter.offers_all(&service_keys(house.patient.services))
                && counter.suits(&house.patient.needs);
            let came = office.ticket(called).place.at;
            let limit = since + SignedDuration::from_mins(MAX_WAIT_MIN);
            let is_too_late = is_for_the_patient && came >= limit;
            prop_assert!(
                !is_too_late,
                "{} calls {:?}",
                counter.key,
                office.ticket(called)
            );
        }
        office.minutes_pass(1);
    }
    let held = office.ticket(patient);
    Err(TestCaseError::fail(format!("still waits: {held:?}")))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nobody_waits_for_ever_behind_a_stream_of_others(house in a_house()) {
        reaches_the_patient(&house)?;
    }
}
