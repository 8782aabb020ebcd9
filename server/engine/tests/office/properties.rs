//! What must hold whatever is pressed, in whatever order, at whatever time.
//!
//! The number of cases is small by default; `PROPTEST_CASES` sets another.

mod presses;
mod watch;

use aufruf_engine::{Command, Record, State, apply, replay};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::{FileFailurePersistence, TestCaseResult};

use presses::{Press, presses};
use watch::Watch;

/// Cases of one run when nobody asks for more.
const CASES: u32 = 96;

/// Seeds that failed once: run again before all others.
const REGRESSIONS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/regressions/properties.txt"
);

fn config() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let config = if asked {
        ProptestConfig::default()
    } else {
        ProptestConfig::with_cases(CASES)
    };
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        ..config
    }
}

/// A record as the journal keeps it: its time in whole milliseconds, the event as text.
fn through_the_journal(record: &Record) -> Record {
    let at = jiff::Timestamp::from_millisecond(record.at.as_millisecond()).expect("a time");
    let event = aufruf_engine::Event::decode(aufruf_engine::RECORD_VERSION, &record.event.encode());
    Record {
        at,
        event: event.expect("what was written can be read"),
        ..record.clone()
    }
}

fn through_a_snapshot(state: &State) -> State {
    let text = serde_json::to_string(state).expect("a state has a JSON form");
    serde_json::from_str(&text).expect("what was written can be read")
}

/// The day from its records; and from a snapshot taken after `cut` of them and the rest.
fn comes_back_from_disk(watch: &Watch, cut: usize) -> TestCaseResult {
    let written: Vec<Record> = watch
        .office
        .records
        .iter()
        .map(through_the_journal)
        .collect();
    prop_assert_eq!(&replay(&written), &watch.office.state);

    let (before, after) = written.split_at(cut.min(written.len()));
    let mut state = through_a_snapshot(&replay(before));
    for record in after {
        apply(&mut state, record);
    }
    prop_assert_eq!(&state, &watch.office.state);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    /// Watches each step (see `watch`): refusals change nothing, numbers are unique and rest, the
    /// first in line is called, visits end once. And at the end the day comes back from its records.
    #[test]
    fn an_office_keeps_its_word_through_any_day(presses in presses(160), cut in 0..160_usize) {
        let mut watch = Watch::begins();
        for press in &presses {
            watch.sees(press)?;
        }
        comes_back_from_disk(&watch, cut)?;
        watch.the_day_closes()?;
        comes_back_from_disk(&watch, cut)?;
    }

    /// Whoever waits is reached: when every counter works on, the house is empty in the end.
    #[test]
    fn a_house_that_works_on_calls_everybody(presses in presses(80)) {
        let mut watch = Watch::begins();
        for press in &presses {
            watch.sees(press)?;
        }
        watch.everybody_is_served()?;
        let open = watch.office.state.tickets().find(|ticket| !ticket.state.is_final());
        prop_assert!(open.is_none(), "{open:?} is left");
    }
}

#[test]
fn a_press_that_the_clock_makes_twice_is_the_same_as_once() {
    let mut watch = Watch::begins();
    watch.sees(&Press::clock(60 * 24)).expect("a day passes");
    let before = watch.office.state.clone();
    assert_eq!(watch.office.does(Command::TimePassed), []);
    assert_eq!(watch.office.state, before);
}
