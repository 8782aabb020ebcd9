//! Whether there is room for one more: whoever could still get a ticket is over before the end, and
//! nobody is refused while the plan has a gap that is long enough.

use aufruf_engine::planning::Plan;
use aufruf_engine::{Counter, IssueTicket, Office, Service, Source};
use jiff::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert, prop_oneof, proptest};
use proptest::test_runner::TestCaseResult;

use super::config;
use crate::common::{Asked, TestOffice, at, hours, house, open};

const SERVICES: [&str; 3] = ["id-card", "passport", "pick-up"];

/// A morning before anything was served: nothing but what is planned is known.
#[derive(Debug, Clone)]
struct Morning {
    lasts_min: Vec<u32>,
    closes: &'static str,
    overtime_min: u32,
    /// Of the counters for ids: which shifts, and whether it is open.
    counters: Vec<(Option<Shifts>, bool)>,
    walk_ins: Vec<&'static str>,
    /// In so many minutes, and whether the person is here.
    appointments: Vec<(i64, &'static str, bool)>,
}

type Shifts = &'static [(&'static str, &'static str)];

fn service() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(SERVICES.to_vec())
}

fn morning() -> impl Strategy<Value = Morning> {
    let lasts = proptest::sample::select(vec![1_u32, 4, 10, 25, 60]);
    let all_day: Shifts = &[("08:00", "18:00")];
    let broken: Shifts = &[("08:00", "08:30"), ("09:00", "11:00")];
    let later: Shifts = &[("09:00", "18:00")];
    let shifts = prop_oneof![
        4 => Just(None),
        1 => proptest::sample::select(vec![all_day, broken, later]).prop_map(Some),
    ];
    let counter = (shifts, proptest::bool::weighted(0.7));
    let closes = proptest::sample::select(vec!["08:20", "09:00", "10:30"]);
    let house = (vec(lasts, 3), closes, 0..31_u32, vec(counter, 3));
    let appointment = (-10..120_i64, service(), proptest::bool::ANY);
    let people = (vec(service(), 0..25), vec(appointment, 0..8));
    (house, people).prop_map(
        |((lasts_min, closes, overtime_min, counters), people)| Morning {
            lasts_min,
            closes,
            overtime_min,
            counters,
            walk_ins: people.0,
            appointments: people.1,
        },
    )
}

impl Morning {
    fn house(&self) -> Office {
        let mut house = house();
        let ids = &mut house.queues[0];
        ids.walk_in_hours = Some(hours(&[("07:00", self.closes)]));
        ids.rules.overtime_min = Some(self.overtime_min);
        for (service, minutes) in house.services.iter_mut().zip(&self.lasts_min) {
            service.duration_min = *minutes;
        }
        for (counter, (shifts, _)) in house.counters.iter_mut().zip(&self.counters) {
            counter.shifts = shifts.map(hours);
        }
        house
    }

    fn begins(&self) -> TestOffice {
        let mut office = TestOffice::opens_as(self.house());
        for (n, (_, is_open)) in (1..).zip(&self.counters) {
            if *is_open {
                office.does(open(&format!("counter-{n}")));
            }
        }
        for service in &self.walk_ins {
            office.takes(&[service]);
        }
        for (minutes, service, is_here) in &self.appointments {
            let agreed = office.now() + SignedDuration::from_mins(*minutes);
            if *is_here {
                office.books_and_comes(agreed, &[service]);
            } else {
                office.books(agreed, &[service]);
            }
        }
        office
    }

    fn ends(&self) -> Timestamp {
        at(self.closes) + SignedDuration::from_mins(self.overtime_min.into())
    }
}

/// One more comes, and nobody asks whether there is room.
fn one_more(office: &TestOffice, service: &str) -> (Plan, aufruf_engine::TicketId) {
    let mut office = office.clone();
    let wish = office.wish(&[service]);
    let ticket = office.takes_as(IssueTicket {
        source: Source::Counter,
        needs: std::collections::BTreeSet::new(),
        ..wish
    });
    (office.plan(), ticket)
}

/// When a counter that calls people has nobody, long enough before the end; by looking at its day.
fn gap(plan: &Plan, counter: &Counter, latest: Timestamp) -> Option<Timestamp> {
    let mut staffed = plan.staffed.iter();
    let (_, spans) = staffed.find(|(key, _)| *key == counter.key)?;
    let stays = plan.stays.iter().filter(|stay| stay.counter == counter.key);
    let stays: Vec<_> = stays.collect();
    spans.iter().find_map(|(from, to)| {
        let ends = stays.iter().map(|stay| stay.to);
        let mut begins: Vec<Timestamp> = ends.chain([*from]).collect();
        begins.sort_unstable();
        begins.into_iter().find(|begin| {
            let is_busy = stays
                .iter()
                .any(|stay| stay.from <= *begin && *begin < stay.to);
            *from <= *begin && begin < to && *begin <= latest && !is_busy
        })
    })
}

fn there_is_room_or_not(morning: &Morning) -> TestCaseResult {
    let (office, ends) = (morning.begins(), morning.ends());
    let plan = office.plan();
    let house = office.state.office().expect("in use").clone();
    for key in SERVICES {
        let service: &Service = house
            .services
            .iter()
            .find(|service| service.key.as_str() == key)
            .expect("of the house");
        let work = SignedDuration::from_mins(service.duration_min.into());
        let (with, ticket) = one_more(&office, key);
        let stay = with.of(ticket);
        if !plan.full.contains(&service.key) {
            if let Some(stay) = stay {
                prop_assert!(stay.from + work <= ends, "{} is over after {}", key, ends);
            }
            continue;
        }
        if let Some(stay) = stay {
            prop_assert!(stay.from + work > ends, "{} would fit: {:?}", key, stay);
        }
        let counters = house.counters.iter();
        for counter in counters.filter(|counter| counter.skills.contains(&service.key)) {
            let gap = gap(&plan, counter, ends - work);
            prop_assert!(
                gap.is_none(),
                "{} at {} has room for {}",
                counter.key,
                gap.unwrap_or_default(),
                key
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nobody_is_refused_while_there_is_room_and_nobody_gets_a_ticket_when_there_is_none(
        morning in morning(),
    ) {
        there_is_room_or_not(&morning)?;
    }
}
