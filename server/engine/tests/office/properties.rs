//! What must hold whatever is pressed, in whatever order, at whatever time.
//!
//! The number of cases is small by default; `PROPTEST_CASES` sets another.

mod difference;
mod disk;
mod presses;
mod rooms;
mod starvation;
mod watch;

use aufruf_engine::{Command, State};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::FileFailurePersistence;

use crate::common::TestOffice;
use presses::{Changes, Press, changes, presses};
use watch::Watch;

/// Cases of one run when nobody asks for more.
const CASES: u32 = 256;

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
        max_shrink_iters: 20_000,
        ..config
    }
}

proptest! {
    #![proptest_config(config())]

    /// Watches each step (see `watch`): refusals change nothing, numbers are unique and rest, the
    /// right one is called with the true reason, visits end once, steps can be taken back. And at
    /// the end the day comes back from its records.
    #[test]
    fn an_office_keeps_its_word_through_any_day(
        changes in changes(),
        presses in presses(160),
        cut in 0..160_usize,
    ) {
        let mut watch = Watch::begins(&changes);
        for press in &presses {
            watch.sees(press)?;
        }
        disk::gives_the_day_back(&watch.office, cut)?;
        watch.the_day_closes()?;
        disk::gives_the_day_back(&watch.office, cut)?;
        watch.the_day_closes()?;
    }

    /// Whoever waits is reached: when every counter works on, nobody waits in the end.
    #[test]
    fn a_house_that_works_on_calls_everybody(changes in changes(), presses in presses(80)) {
        let mut watch = Watch::begins(&changes);
        for press in &presses {
            watch.sees(press)?;
        }
        watch.everybody_is_served()?;
        let mut tickets = watch.office.state.tickets();
        let waits = |state: &aufruf_engine::TicketState| state.name() == "waiting";
        let left = tickets.find(|ticket| waits(&ticket.state));
        prop_assert!(left.is_none(), "{left:?} is left");
    }

    /// After anything that may have happened: counters and people are planned by the rules.
    #[test]
    fn the_plan_keeps_the_rules_after_any_morning(changes in changes(), presses in presses(60)) {
        let mut watch = Watch::begins(&changes);
        for press in &presses {
            watch.sees(press)?;
            if press.is_about_the_plan() {
                watch.the_plan_is_sound()?;
            }
        }
        watch.the_plan_is_sound()?;
        watch.the_windows_are_sound()?;
    }

    /// Before an office is set up everything is refused, and nothing is broken by it.
    #[test]
    fn an_office_that_is_not_set_up_refuses_everything(presses in presses(30)) {
        let mut office = TestOffice::not_set_up();
        for press in &presses {
            match press.command(&mut office) {
                Command::UseOffice { .. } => {}
                Command::TimePassed => prop_assert_eq!(office.does(Command::TimePassed), []),
                other => {
                    office.refuses(other);
                }
            }
        }
        prop_assert_eq!(office.state, State::default());
    }
}

#[test]
fn a_press_that_the_clock_makes_twice_is_the_same_as_once() {
    let mut watch = Watch::begins(&Changes::new());
    watch.sees(&Press::clock(60 * 24)).expect("a day passes");
    let before = watch.office.state.clone();
    assert_eq!(watch.office.does(Command::TimePassed), []);
    assert_eq!(watch.office.state, before);
}
