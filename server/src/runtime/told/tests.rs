//! What a person who waits is told, as the day goes on.

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    Actor, Command, CounterKey, IssueTicket, Language, Priority, ServiceKey, Source, step,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::office::OfficeDocument;

const DEMO: &str = include_str!("../../../../assets/office/demo.toml");

fn at(clock: &str) -> Timestamp {
    format!("2026-11-23T{clock}:00+01:00")
        .parse()
        .expect("an instant")
}

/// From when, most likely when, and until when.
fn window([low, mid, high]: [&str; 3]) -> Promise {
    Promise {
        low: at(low),
        mid: at(mid),
        high: at(high),
    }
}

const ON_PAPER: [&str; 3] = ["09:20", "09:30", "09:45"];

fn id(n: u128) -> TicketId {
    TicketId(Uuid::from_u128(n))
}

/// An office at nine, its counter 1 open, and one person with a window on the paper.
struct Morning {
    state: State,
    told: ToldWindows,
}

impl Morning {
    fn begins() -> Self {
        let mut morning = Self::without_paper();
        morning.comes(1, Some(window(ON_PAPER)));
        morning
    }

    fn without_paper() -> Self {
        let document = OfficeDocument::parse(DEMO).expect("the demo has no faults");
        let mut morning = Self {
            state: State::default(),
            told: ToldWindows::default(),
        };
        morning.does(&Command::UseOffice {
            office: Arc::new(document.to_engine(1)),
        });
        morning.does(&Command::OpenCounter {
            counter: CounterKey::new("counter-1"),
            clerk: None,
        });
        morning
    }

    fn comes(&mut self, n: u128, shown: Option<Promise>) {
        self.does(&Command::IssueTicket(IssueTicket {
            ticket: id(n),
            services: vec![ServiceKey::new("id-card")],
            language: Language::new("de"),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::WALK_IN,
            source: Source::Kiosk,
            shown,
        }));
    }

    #[track_caller]
    fn does(&mut self, command: &Command) {
        let by = Actor::new("panel-1");
        step(&mut self.state, command, &by, at("09:00")).expect("the engine says yes");
    }

    fn calls(&mut self) {
        self.does(&Command::CallTicket {
            ticket: id(1),
            counter: CounterKey::new("counter-1"),
        });
    }

    /// The plan says this of the first person; whose window changed by it.
    fn plan_says(&mut self, known: Option<[&str; 3]>) -> Vec<TicketId> {
        let known = known.map(|known| (id(1), window(known)));
        let outlook = Outlook {
            tickets: known.into_iter().collect(),
            ..Outlook::default()
        };
        self.told.revise(&self.state, &[id(1)], &outlook)
    }

    fn told(&self) -> Told {
        self.told.of(self.state.ticket(id(1)).expect("a person"))
    }

    #[track_caller]
    fn is_told(&self, told: [&str; 3], raised: u32) {
        let now = self.told();
        assert_eq!((now.window(), now.raised), (Some(window(told)), raised));
    }
}

#[test]
fn what_stands_on_the_paper_is_what_a_person_was_told_first() {
    Morning::begins().is_told(ON_PAPER, 0);
}

#[test]
fn a_window_inside_the_one_that_was_told_changes_nothing() {
    let mut morning = Morning::begins();
    let changed = morning.plan_says(Some(["09:25", "09:35", "09:45"]));
    assert_eq!(changed, []);
    morning.is_told(ON_PAPER, 0);
}

#[test]
fn an_exact_window_is_rounded_before_it_is_compared() {
    let mut morning = Morning::begins();
    let changed = morning.plan_says(Some(["09:21", "09:33", "09:44"]));
    assert_eq!(changed, []);
    morning.plan_says(Some(["09:21", "09:33", "09:46"]));
    morning.is_told(["09:20", "09:30", "09:50"], 1);
}

#[test]
fn a_later_end_is_told_and_counted_once() {
    let mut morning = Morning::begins();
    let later = ["09:30", "09:45", "10:00"];
    assert_eq!(morning.plan_says(Some(later)), [id(1)]);
    morning.is_told(later, 1);
    assert_eq!(
        morning.plan_says(Some(later)),
        [],
        "nobody is told it twice"
    );
    morning.plan_says(Some(["09:35", "09:50", "10:10"]));
    morning.is_told(["09:35", "09:50", "10:10"], 2);
    assert_eq!(morning.told.raised(), 2);
}

#[test]
fn whoever_may_be_called_before_the_window_begins_is_told_so_and_nothing_was_raised() {
    let mut morning = Morning::begins();
    let sooner = ["09:10", "09:25", "09:45"];
    assert_eq!(morning.plan_says(Some(sooner)), [id(1)]);
    morning.is_told(sooner, 0);
}

#[test]
fn a_call_that_is_clearly_sooner_is_told_and_one_that_is_a_little_sooner_is_not() {
    let mut morning = Morning::begins();
    assert_eq!(morning.plan_says(Some(["09:20", "09:25", "09:35"])), []);
    let clearly = ["09:20", "09:25", "09:30"];
    assert_eq!(morning.plan_says(Some(clearly)), [id(1)]);
    morning.is_told(clearly, 0);
}

#[test]
fn where_nobody_can_say_nothing_is_told_until_somebody_can() {
    let mut morning = Morning::begins();
    assert_eq!(morning.plan_says(None), [id(1)]);
    assert_eq!(morning.told().window(), None);
    assert_eq!(morning.plan_says(None), []);
    assert_eq!(
        morning.plan_says(Some(["09:25", "09:30", "09:40"])),
        [id(1)]
    );
    morning.is_told(ON_PAPER, 0);
    morning.plan_says(None);
    morning.plan_says(Some(["10:00", "10:10", "10:30"]));
    morning.is_told(["10:00", "10:10", "10:30"], 1);
}

#[test]
fn whoever_had_no_window_at_first_is_told_one_and_nothing_was_raised() {
    let mut morning = Morning::without_paper();
    morning.comes(1, None);
    assert_eq!(morning.told().window(), None);
    let first = ["09:10", "09:15", "09:20"];
    assert_eq!(morning.plan_says(Some(first)), [id(1)]);
    morning.is_told(first, 0);
}

#[test]
fn whoever_is_away_for_a_while_keeps_the_window() {
    let mut morning = Morning::begins();
    morning.does(&Command::PausePlace {
        ticket: id(1),
        minutes: 10,
    });
    assert_eq!(morning.plan_says(None), []);
    morning.is_told(ON_PAPER, 0);
}

#[test]
fn whoever_came_after_the_plan_was_made_keeps_what_the_paper_says() {
    let mut morning = Morning::begins();
    morning.comes(2, Some(window(ON_PAPER)));
    morning.plan_says(Some(ON_PAPER));
    let second = morning.state.ticket(id(2)).expect("a person");
    assert_eq!(morning.told.of(second).window(), Some(window(ON_PAPER)));
}

#[test]
fn whoever_is_called_is_told_no_window_and_has_the_old_one_when_the_call_is_taken_back() {
    let mut morning = Morning::begins();
    let later = ["09:30", "09:45", "10:00"];
    morning.plan_says(Some(later));
    morning.calls();
    assert_eq!(morning.told().window(), None);
    assert_eq!(morning.plan_says(None), []);
    morning.does(&Command::Undo { ticket: id(1) });
    morning.is_told(later, 1);
}

#[test]
fn after_a_call_the_wait_is_another_one_and_what_was_raised_before_stays_counted() {
    let mut morning = Morning::begins();
    morning.plan_says(Some(["09:30", "09:45", "10:00"]));
    morning.calls();
    morning.does(&Command::Requeue { ticket: id(1) });
    assert_eq!(
        morning.told().window(),
        None,
        "the paper was about the call"
    );
    let again = ["11:00", "11:05", "11:10"];
    morning.plan_says(Some(again));
    morning.is_told(again, 1);
}

#[test]
fn whose_visit_is_over_is_forgotten() {
    let mut morning = Morning::begins();
    morning.plan_says(Some(["09:30", "09:45", "10:00"]));
    morning.does(&Command::Cancel { ticket: id(1) });
    morning.plan_says(None);
    assert!(morning.told.tickets.is_empty());
}
