//! An office for tests: three queues, five services, four counters, and the panel of counter 4,
//! which offers three.

mod day;
mod people;

use std::cell::Cell;
use std::time::Duration;

use aufruf_client::{Link, Update};
use aufruf_protocol::latest::{
    AreaInfo, AreaKey, Arrow, CounterInfo, CounterKey, OfficeInfo, PROTOCOL, QueueInfo, QueueKey,
    Role, ServerMessage, ServiceInfo, ServiceKey, Texts, TicketId, Way, Welcome,
};
use jiff::civil::time;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::clock::{Moment, Watch};
pub(crate) use day::Day;
pub(crate) use people::{Told, busy_line, ticket, why};

const SERVICES: [(&str, &str, &str, &str); 5] = [
    ("passport", "ids", "Reisepass", "Passport"),
    ("id-card", "ids", "Personalausweis", "Identity card"),
    (
        "register",
        "move",
        "Anmeldung einer Wohnung",
        "Registering a home",
    ),
    ("certificate", "papers", "Beglaubigung", "Certified copy"),
    (
        "clearance",
        "papers",
        "Führungszeugnis",
        "Certificate of conduct",
    ),
];

/// A time of the office's clock (Berlin, in winter) on 2 November 2026: `10:42` or `10:42:18`.
#[track_caller]
pub(crate) fn at(clock: &str) -> Timestamp {
    let clock: civil::Time = clock.parse().expect("a time of day");
    let day = civil::date(2026, 11, 2).to_datetime(time(0, 0, 0, 0));
    let moment = day.date().to_datetime(clock).in_tz("Europe/Berlin");
    moment.expect("a time that exists").timestamp()
}

/// A watch that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct ManualWatch(Cell<Moment>);

impl ManualWatch {
    pub(crate) fn at(clock: &str) -> Self {
        let (wall, steady) = (at(clock), Duration::ZERO);
        Self(Cell::new(Moment { wall, steady }))
    }

    pub(crate) fn passes(&self, span: Duration) {
        let mut now = self.0.get();
        now.wall += span;
        now.steady += span;
        self.0.set(now);
    }

    /// Sets the wall's clock; the steady one goes on as it was.
    pub(crate) fn set(&self, clock: &str) {
        let mut now = self.0.get();
        now.wall = at(clock);
        self.0.set(now);
    }
}

impl Watch for ManualWatch {
    fn now(&self) -> Moment {
        self.0.get()
    }
}

pub(crate) fn counter_4() -> CounterKey {
    CounterKey::new("counter-4")
}

pub(crate) fn ticket_id(number: &str) -> TicketId {
    let bytes = number
        .bytes()
        .fold(0_u128, |sum, byte| sum << 8 | u128::from(byte));
    TicketId(Uuid::from_u128(bytes))
}

pub(crate) fn live() -> Update {
    Update::Link(Link::Live)
}

pub(crate) fn stale_since(clock: &str) -> Update {
    Update::Link(Link::Stale { since: at(clock) })
}

/// The server's welcome for a device of this role.
pub(crate) fn welcome_as(role: Role) -> Update {
    Update::Message(ServerMessage::Welcome(Box::new(Welcome {
        protocol: PROTOCOL,
        software: "aufruf-server".to_owned(),
        epoch: "1".to_owned(),
        device: "panel-4".to_owned(),
        role,
        now: at("10:42"),
        office: office(),
    })))
}

pub(crate) fn welcome() -> Update {
    welcome_as(Role::Panel {
        counter: counter_4(),
    })
}

fn office() -> OfficeInfo {
    let text = |de: &str, en: &str| Texts::from([("de", de), ("en", en)]);
    let queue = |(key, prefix, de, en): (&str, &str, &str, &str)| QueueInfo {
        key: QueueKey::new(key),
        name: text(de, en),
        prefix: prefix.to_owned(),
        neutral: false,
        checks_in: true,
        pause_max_min: 30,
    };
    OfficeInfo {
        version: 1,
        name: text("Bürgeramt Mitte", "Citizens' office"),
        languages: ["de", "en", "tr", "ar"].map(str::to_owned).to_vec(),
        time_zone: "Europe/Berlin".to_owned(),
        counter_word: text("Platz", "Counter"),
        queues: [
            ("ids", "A", "Ausweise", "Identity papers"),
            ("move", "B", "Meldewesen", "Registration"),
            ("papers", "C", "Urkunden", "Certificates"),
        ]
        .map(queue)
        .to_vec(),
        services: SERVICES
            .map(|(key, queue, de, en)| ServiceInfo {
                key: ServiceKey::new(key),
                queue: QueueKey::new(queue),
                name: text(de, en),
                hint: Texts::default(),
            })
            .to_vec(),
        counters: [
            ("counter-2", "2"),
            ("counter-4", "4"),
            ("counter-5", "5"),
            ("counter-7", "7"),
        ]
        .map(|(key, name)| counter_info(key, name))
        .to_vec(),
        areas: vec![AreaInfo {
            key: AreaKey::new("ground"),
            name: text("Erdgeschoss", "Ground floor"),
        }],
        undo_within_secs: 30,
    }
}

fn counter_info(key: &str, name: &str) -> CounterInfo {
    let room = if name == "4" { "1.07" } else { "1.12" };
    let (de, en) = (
        format!("1. OG, Raum {room}"),
        format!("First floor, room {room}"),
    );
    CounterInfo {
        key: CounterKey::new(key),
        name: name.to_owned(),
        way: Way {
            text: Texts::from([("de", de.as_str()), ("en", en.as_str())]),
            arrow: Arrow::Right,
        },
        area: AreaKey::new("ground"),
        skills: ["passport", "id-card", "register"]
            .map(ServiceKey::new)
            .to_vec(),
        attributes: Vec::new(),
    }
}
