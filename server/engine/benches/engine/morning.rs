//! A busy morning: 24 counters that all serve somebody, 200 people who wait, 100 appointments ahead.

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    Actor, Area, AreaKey, Booking, Command, Counter, CounterKey, HouseRules, IssueTicket, Language,
    Office, Priority, Queue, QueueKey, QueueRules, Series, SeriesKey, Service, ServiceKey, Source,
    State, TicketId, step,
};
use jiff::{SignedDuration, Timestamp};

use super::house::{counter, hours};

const COUNTERS: u64 = 24;
const WAITING: u64 = 200;
const APPOINTMENTS: u64 = 100;
/// How long visits for each service are planned to take, in minutes.
const SERVICES: [u32; 8] = [12, 18, 10, 4, 8, 15, 6, 10];

/// The state of that morning, and its time.
pub(crate) fn busy() -> (State, Timestamp) {
    let mut morning = Morning {
        state: State::default(),
        now: Timestamp::from_second(1_795_417_200).expect("a Monday in November 2026"),
        tickets: 0,
    };
    let office = Arc::new(office());
    morning.does(&Command::UseOffice { office });
    for n in 0..COUNTERS {
        let counter = counter(n);
        let clerk = None;
        morning.does(&Command::OpenCounter { counter, clerk });
    }
    for n in 0..APPOINTMENTS {
        morning.books(n);
    }
    for n in 0..WAITING + COUNTERS {
        morning.comes(n);
        if n % 5 == 0 {
            morning.now += SignedDuration::from_secs(60);
        }
    }
    for n in 0..COUNTERS {
        morning.calls(&counter(n));
        morning.now += SignedDuration::from_secs(20);
    }
    (morning.state, morning.now)
}

struct Morning {
    state: State,
    now: Timestamp,
    tickets: u64,
}

impl Morning {
    fn comes(&mut self, n: u64) {
        let ticket = self.new_ticket();
        self.does(&Command::IssueTicket(IssueTicket {
            ticket,
            services: vec![service(n % 8)],
            language: Language::new("de"),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::WALK_IN,
            source: Source::Kiosk,
            shown: None,
        }));
    }

    /// From in an hour on, five every ten minutes.
    fn books(&mut self, n: u64) {
        let ticket = self.new_ticket();
        let in_minutes = i64::try_from(60 + n / 5 * 10).expect("minutes");
        self.does(&Command::BookAppointment(Booking {
            ticket,
            number: format!("T{}", self.tickets),
            code: None,
            at: self.now + SignedDuration::from_mins(in_minutes),
            services: vec![service(n % 8)],
            language: Language::new("de"),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::APPOINTMENT,
            source: Source::Centre,
        }));
    }

    fn calls(&mut self, counter: &CounterKey) {
        self.does(&Command::CallNext {
            counter: counter.clone(),
        });
        let today = self.state.counter(counter).expect("is open");
        let ticket = today.running.expect("was called");
        self.does(&Command::Start { ticket });
    }

    fn new_ticket(&mut self) -> TicketId {
        self.tickets += 1;
        TicketId(uuid::Uuid::from_u64_pair(0, self.tickets))
    }

    fn does(&mut self, command: &Command) {
        let done = step(&mut self.state, command, &Actor::new("bench"), self.now);
        done.expect("the office does what a bench asks");
    }
}

/// Four queues of two services each; every counter offers half of them.
fn office() -> Office {
    let queues = (0..4).map(|n| Queue {
        key: queue(n),
        series: SeriesKey::new("series"),
        max_waiting: 300,
        walk_in_hours: Some(hours()),
        appointment_hours: None,
        rules: QueueRules {
            overtime_min: Some(60),
            ..QueueRules::default()
        },
    });
    let services = (0..).zip(SERVICES).map(|(n, duration_min)| Service {
        key: service(n),
        queue: queue(n / 2),
        duration_min,
    });
    let counters = (0..COUNTERS).map(|n| Counter {
        key: counter(n),
        skills: (0..8)
            .filter(|service| (service + n) % 2 == 0)
            .map(service)
            .collect(),
        helps_out: BTreeSet::new(),
        attributes: BTreeSet::new(),
        area: AreaKey::new("ground"),
        shifts: Some(hours()),
    });
    Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: queues.collect(),
        series: vec![Series {
            key: SeriesKey::new("series"),
            prefix: "A".to_owned(),
            from: 1,
            to: 999,
            reuse_after_min: 60,
        }],
        services: services.collect(),
        counters: counters.collect(),
        areas: vec![Area {
            key: AreaKey::new("ground"),
        }],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}

fn queue(n: u64) -> QueueKey {
    QueueKey::new(&format!("queue-{n}"))
}

fn service(n: u64) -> ServiceKey {
    ServiceKey::new(&format!("service-{n}"))
}
