//! People for tests, and the words to say more of them.

use aufruf_protocol::latest::{
    CounterKey, Need, Pause, PauseCause, Place, Promise, QueueKey, Rule, ServiceKey, Source,
    Target, TicketRow, TicketState, Why,
};

use super::{SERVICES, at, ticket_id};

/// A ticket as the server would tell it: waiting since `arrived`, for a service of the sample office.
#[track_caller]
pub(crate) fn ticket(number: &str, service: &str, arrived: &str) -> TicketRow {
    let (_, queue, ..) = SERVICES
        .into_iter()
        .find(|(key, ..)| *key == service)
        .expect("a service of the sample office");
    TicketRow {
        id: ticket_id(number),
        number: number.to_owned(),
        state: TicketState::Waiting,
        queue: QueueKey::new(queue),
        services: vec![ServiceKey::new(service)],
        served: Vec::new(),
        persons: 1,
        language: "de".to_owned(),
        needs: Vec::new(),
        priority: 3,
        source: Source::Kiosk,
        appointment_at: None,
        arrived_at: Some(at(arrived)),
        place: Place {
            at: at(arrived),
            seq: 0,
            then: 0,
        },
        pause: None,
        bound: None,
        promise: None,
        expected: None,
        raised: 0,
        counter: None,
        call: None,
        why: None,
        since: at(arrived),
        calls: 0,
        calls_in_vain: 0,
        served_secs: 0,
    }
}

/// Words to say more of a ticket.
pub(crate) trait Told: Sized {
    fn speaking(self, language: &str) -> Self;
    fn needing(self, needs: &[Need]) -> Self;
    fn promised(self, low: &str, high: &str) -> Self;
    /// What holds by now instead of what was told.
    fn by_now(self, low: &str, high: &str) -> Self;
    fn missed(self, since: &str) -> Self;
    /// Of several people.
    fn people(self, persons: u32) -> Self;
    fn also_for(self, service: &str) -> Self;
    fn away_until(self, clock: &str) -> Self;
    /// With an appointment, and here.
    fn agreed_for(self, clock: &str) -> Self;
    /// With an appointment, and not here yet.
    fn booked_for(self, clock: &str) -> Self;
    fn parked(self, since: &str) -> Self;
    fn fetching(self, since: &str) -> Self;
    fn only_for(self, target: Target) -> Self;
    fn because(self, why: Why) -> Self;
}

impl Told for TicketRow {
    fn speaking(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    fn needing(mut self, needs: &[Need]) -> Self {
        self.needs = needs.to_vec();
        self
    }

    fn promised(mut self, low: &str, high: &str) -> Self {
        self.promise = Some(window(low, high));
        self
    }

    fn by_now(mut self, low: &str, high: &str) -> Self {
        self.expected = Some(window(low, high));
        self
    }

    fn missed(mut self, since: &str) -> Self {
        self.state = TicketState::Missed;
        self.since = at(since);
        self
    }

    fn people(mut self, persons: u32) -> Self {
        self.persons = persons;
        self
    }

    fn also_for(mut self, service: &str) -> Self {
        self.services.push(ServiceKey::new(service));
        self
    }

    fn away_until(mut self, clock: &str) -> Self {
        self.pause = Some(Pause {
            until: at(clock),
            cause: PauseCause::Visitor,
        });
        self
    }

    fn agreed_for(mut self, clock: &str) -> Self {
        self.appointment_at = Some(at(clock));
        self.priority = 2;
        self
    }

    fn booked_for(self, clock: &str) -> Self {
        let mut booked = self.agreed_for(clock);
        booked.state = TicketState::Booked;
        booked.arrived_at = None;
        booked
    }

    fn parked(mut self, since: &str) -> Self {
        self.state = TicketState::Parked;
        self.counter = Some(CounterKey::new("counter-2"));
        self.since = at(since);
        self
    }

    fn fetching(self, since: &str) -> Self {
        let mut fetching = self.parked(since);
        fetching.state = TicketState::PickUp;
        fetching
    }

    fn only_for(mut self, target: Target) -> Self {
        self.bound = Some(target);
        self
    }

    fn because(mut self, why: Why) -> Self {
        self.why = Some(why);
        self
    }
}

/// A reason without facts.
pub(crate) fn why(rule: Rule) -> Why {
    Why {
        rule,
        waited_min: None,
        max_wait_min: None,
        priority: None,
        at: None,
        after: None,
        overtaken: None,
    }
}

fn window(low: &str, high: &str) -> Promise {
    Promise {
        low: at(low),
        mid: at(low),
        high: at(high),
    }
}

/// Twenty people as they wait at a quarter to eleven, and two who did not come.
pub(crate) fn busy_line() -> Vec<TicketRow> {
    let mut line = vec![
        ticket("A013", "passport", "10:14").promised("10:44", "10:52"),
        ticket("B208", "register", "10:20").promised("10:46", "10:50"),
        ticket("A014", "id-card", "10:22").promised("10:30", "10:38"),
        ticket("A015", "id-card", "10:24")
            .speaking("tr")
            .promised("10:48", "10:58")
            .by_now("11:05", "11:20"),
        ticket("C034", "certificate", "10:26").promised("10:47", "10:55"),
        ticket("A016", "passport", "10:29")
            .needing(&[Need::InductionLoop, Need::LoweredCounter])
            .promised("10:52", "11:02"),
        ticket("B209", "register", "10:31")
            .speaking("ar")
            .promised("10:55", "11:05"),
        ticket("C035", "clearance", "10:32"),
        ticket("A009", "id-card", "09:48").missed("10:19"),
        ticket("B205", "register", "10:02").missed("10:35"),
    ];
    for n in 0..12 {
        let clock = format!("10:{}", 33 + n / 2);
        let mut row = ticket(&format!("A{:03}", 17 + n), "id-card", &clock);
        row.place.seq += n;
        line.push(row.promised("11:00", "11:15"));
    }
    line
}
