//! A kiosk in an office at 10:42, with the clock in the test's hand.

use std::time::Duration;

use aufruf_client::{CommandKey, Link, Update};
use aufruf_protocol::latest::{
    AreaInfo, AreaKey, Change, CounterInfo, CounterKey, IssueTicket, IssuedTicket, JobId,
    KioskView, Offer, OfferState, OfficeInfo, PrintOutcome, PrintRow, Promise, QueueInfo, QueueKey,
    Role, ServerMessage, ServiceInfo, ServiceKey, Texts, TicketId, View, Way, Welcome,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::{
    Ask, Attempt, Body, Card, Controller, Failure, Moment, NumberBody, Press, Refusal, Screen,
    ScreenSize, ServicesBody,
};

pub(super) const PASSPORT: &str = "passport";
pub(super) const MOVING: &str = "moving";
const TALL: ScreenSize = ScreenSize {
    width: 1080.0,
    height: 1920.0,
};

/// An instant of the office's day, given in its own time (Berlin in winter).
pub(super) fn at(time: &str) -> Timestamp {
    format!("2026-11-02T{time}:00+01:00")
        .parse()
        .expect("an instant")
}

pub(super) fn window(low: &str, high: &str) -> Promise {
    Promise {
        low: at(low),
        mid: at(low),
        high: at(high),
    }
}

pub(super) struct Kiosk {
    pub(super) controller: Controller,
    /// Since the start; the machine's clock stood at 10:42 then.
    pub(super) now: Duration,
}

impl Kiosk {
    /// Started and not yet connected.
    pub(super) fn starts() -> Self {
        let now = Duration::ZERO;
        let mut kiosk = Self {
            controller: Controller::new(TALL, now),
            now,
        };
        kiosk.after_secs(1);
        kiosk
    }

    /// Live, with two open services: 14 wait for a passport, nobody to register a move.
    pub(super) fn open() -> Self {
        let mut kiosk = Self::starts();
        kiosk.connects(office(&[PASSPORT, MOVING]));
        kiosk.offers(open(PASSPORT, 14, Some(window("11:06", "11:11"))));
        kiosk.offers(open(MOVING, 0, Some(window("10:42", "10:47"))));
        kiosk
    }

    /// Live, with so many open services.
    pub(super) fn with_services(count: usize) -> Self {
        let keys: Vec<String> = (0..count).map(|nth| format!("service-{nth}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut kiosk = Self::starts();
        kiosk.connects(office(&keys));
        for key in keys {
            kiosk.offers(open(key, 1, None));
        }
        kiosk
    }

    pub(super) fn connects(&mut self, office: OfficeInfo) {
        let welcome = Welcome {
            protocol: 1,
            software: "test".to_owned(),
            epoch: "e1".to_owned(),
            device: "kiosk-1".to_owned(),
            role: Role::Kiosk,
            now: self.wall(),
            office,
        };
        self.hears(ServerMessage::Welcome(Box::new(welcome)));
        self.hears(ServerMessage::Snapshot {
            seq: 1,
            view: View::Kiosk(KioskView::default()),
        });
        self.link(Link::Live);
    }

    pub(super) fn offers(&mut self, row: Offer) {
        self.changes(Change::Offer { row });
    }

    pub(super) fn print_is(&mut self, ticket: &IssuedTicket, outcome: PrintOutcome) {
        let job = ticket.print_job.clone().expect("a ticket with a job");
        let ticket = ticket.id;
        self.changes(Change::Print {
            row: PrintRow {
                job,
                ticket,
                outcome,
            },
        });
    }

    pub(super) fn loses_the_server(&mut self) {
        self.link(Link::Stale { since: self.wall() });
    }

    pub(super) fn link(&mut self, link: Link) {
        self.controller.take(&Update::Link(link), self.now);
    }

    /// Time passes second by second, as the real kiosk's timer sees it.
    pub(super) fn after_secs(&mut self, secs: u64) {
        for _ in 0..secs {
            self.now += Duration::from_secs(1);
            self.controller.tick(self.now);
        }
    }

    /// Presses a service and gets what is sent.
    pub(super) fn chooses(&mut self, service: &str) -> Option<Attempt> {
        let key = CommandKey::fresh();
        self.controller
            .choose(&ServiceKey::new(service), key, self.now)
    }

    /// A second later, so that it counts as meant for this screen.
    pub(super) fn presses(&mut self, press: Press) {
        self.after_secs(1);
        self.controller.press(press, self.now);
    }

    /// Presses a service and gets what the ticket is asked with.
    #[track_caller]
    pub(super) fn asks_for(&mut self, service: &str) -> IssueTicket {
        match self.chooses(service).expect("a request").ask {
            Ask::Ticket(wish) => wish,
            Ask::CheckIn(wish) => panic!("a ticket expected, not {wish:?}"),
        }
    }

    pub(super) fn gets(&mut self, attempt: &Attempt, answer: Result<IssuedTicket, Failure>) {
        self.controller.answer(&attempt.key, answer, self.now);
    }

    /// Chooses a passport and gets the ticket.
    pub(super) fn takes(&mut self, ticket: &IssuedTicket) {
        let attempt = self.chooses(PASSPORT).expect("a request");
        self.gets(&attempt, Ok(ticket.clone()));
    }

    pub(super) fn screen(&self) -> Screen {
        self.controller.screen(Moment {
            wall: self.wall(),
            since_start: self.now,
        })
    }

    #[track_caller]
    pub(super) fn services(&self) -> ServicesBody {
        match self.screen().body {
            Body::Services(body) => body,
            other => panic!("services expected, not {other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn card(&self, service: &str) -> Card {
        let cards = self.services().cards;
        let found = cards
            .into_iter()
            .find(|card| card.service.as_str() == service);
        found.expect("the service has a card on this page")
    }

    #[track_caller]
    pub(super) fn number(&self) -> NumberBody {
        match self.screen().body {
            Body::Number(body) => body,
            other => panic!("a number expected, not {other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn refusal(&self) -> Refusal {
        match self.screen().body {
            Body::Refused(body) => body.refusal,
            other => panic!("a refusal expected, not {other:?}"),
        }
    }

    fn wall(&self) -> Timestamp {
        at("10:42") + self.now
    }

    fn changes(&mut self, change: Change) {
        let changes = vec![change];
        self.hears(ServerMessage::Delta { seq: 2, changes });
    }

    fn hears(&mut self, message: ServerMessage) {
        self.controller.take(&Update::Message(message), self.now);
    }
}

pub(super) fn open(service: &str, waiting: u32, promise: Option<Promise>) -> Offer {
    Offer {
        service: ServiceKey::new(service),
        state: OfferState::Open,
        opens_at: None,
        notice: None,
        waiting,
        promise,
    }
}

pub(super) fn not_open(service: &str, state: OfferState) -> Offer {
    Offer {
        state,
        ..open(service, 0, None)
    }
}

/// A027, with 14 people before and a job at the printer.
pub(super) fn ticket() -> IssuedTicket {
    IssuedTicket {
        id: TicketId(Uuid::from_u128(27)),
        number: "A027".to_owned(),
        queue: QueueKey::new("ids"),
        promise: Some(window("11:06", "11:11")),
        people_ahead: 14,
        issued_at: at("10:42"),
        print_job: Some(JobId::new("27-1")),
        status_link: None,
    }
}

pub(super) fn office(services: &[&str]) -> OfficeInfo {
    OfficeInfo {
        version: 1,
        name: Texts::from([("de", "Bürgeramt Mitte")]),
        languages: ["de", "en", "ar"].map(str::to_owned).to_vec(),
        time_zone: "Europe/Berlin".to_owned(),
        services: services.iter().map(|key| service(key)).collect(),
        counters: vec![counter("1", "upper", services), counter("2", "upper", &[])],
        areas: vec![AreaInfo {
            key: AreaKey::new("upper"),
            name: Texts::from([("de", "Wartebereich 1. Stock")]),
        }],
        ..OfficeInfo::default()
    }
}

/// A queue without appointments.
pub(super) fn queue(key: &str) -> QueueInfo {
    QueueInfo {
        key: QueueKey::new(key),
        name: Texts::from([("de", key)]),
        prefix: "A".to_owned(),
        neutral: false,
        checks_in: false,
        pause_max_min: 0,
    }
}

/// A queue whose people with an appointment report when they come.
pub(super) fn queue_with_check_in(key: &str) -> QueueInfo {
    QueueInfo {
        checks_in: true,
        ..queue(key)
    }
}

fn service(key: &str) -> ServiceInfo {
    let (german, english) = (format!("{key} auf Deutsch"), format!("{key} in English"));
    ServiceInfo {
        key: ServiceKey::new(key),
        queue: QueueKey::new("ids"),
        name: Texts::from([("de", german.as_str()), ("en", english.as_str())]),
        hint: Texts::default(),
    }
}

fn counter(name: &str, area: &str, skills: &[&str]) -> CounterInfo {
    CounterInfo {
        key: CounterKey::new(format!("counter-{name}")),
        name: name.to_owned(),
        way: Way::default(),
        area: AreaKey::new(area),
        skills: skills.iter().map(|key| ServiceKey::new(*key)).collect(),
        attributes: Vec::new(),
    }
}
