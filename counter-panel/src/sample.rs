//! An office for tests: three queues, five services, four counters, and the panel of counter 4,
//! which offers three.

use std::cell::Cell;
use std::time::Duration;

use aufruf_client::{Link, Update};
use aufruf_protocol::latest::{
    AreaInfo, AreaKey, Arrow, CallId, CounterInfo, CounterKey, CounterMode, CounterRow,
    DeviceFaults, EmergencyRow, JobId, LockRow, Need, OfficeInfo, PROTOCOL, PanelView, Pause,
    PauseCause, Place, PrintOutcome, PrintRow, Promise, QueueInfo, QueueKey, QueueRow, Role, Rule,
    Seen, ServerMessage, ServiceInfo, ServiceKey, Source, Target, Texts, TicketId, TicketRow,
    TicketState, View, Way, Welcome, Why,
};
use jiff::civil::time;
use jiff::{Timestamp, civil};
use uuid::Uuid;

use crate::clock::{Moment, Watch};

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
        counters: [("counter-2", "2"), ("counter-4", "4"), ("counter-5", "5"), ("counter-7", "7")]
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
    let (de, en) = (format!("1. OG, Raum {room}"), format!("First floor, room {room}"));
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
        self.promise = Some(Promise {
            low: at(low),
            mid: at(low),
            high: at(high),
        });
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
    }
}

/// What the server shows the panel: counter 4 closed and nobody there, unless told otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Day(PanelView);

impl Day {
    pub(crate) fn closed() -> Self {
        Self(PanelView {
            counters: vec![CounterRow {
                counter: counter_4(),
                mode: CounterMode::Closed,
                clerk: None,
                running: None,
                seen: None,
            }],
            ..PanelView::default()
        })
    }

    pub(crate) fn open() -> Self {
        let mut day = Self::closed();
        day.counter().mode = CounterMode::Open;
        day
    }

    /// Counter 4 is at a break, or will be after the visit that runs.
    pub(crate) fn paused(mut self) -> Self {
        self.counter().mode = CounterMode::Paused;
        self
    }

    /// Another counter of the office, with somebody who serves there or nobody.
    pub(crate) fn counter_of(mut self, counter: &str, mode: CounterMode, clerk: &str) -> Self {
        self.0.counters.push(CounterRow {
            counter: CounterKey::new(counter),
            mode,
            clerk: (!clerk.is_empty()).then(|| clerk.to_owned()),
            running: None,
            seen: None,
        });
        self
    }

    /// A clerk asks for help; `by` is the device of who is on the way, or empty.
    pub(crate) fn helping(mut self, counter: &str, since: &str, by: &str) -> Self {
        self.0.emergencies.push(EmergencyRow {
            counter: CounterKey::new(counter),
            raised_at: at(since),
            accepted_by: (!by.is_empty()).then(|| by.to_owned()),
        });
        self
    }

    pub(crate) fn locked(mut self, queue: &str, notice: &str, since: &str) -> Self {
        self.0.locks.push(LockRow {
            queue: QueueKey::new(queue),
            notice: notice.to_owned(),
            since: at(since),
        });
        self
    }

    pub(crate) fn with(mut self, tickets: impl IntoIterator<Item = TicketRow>) -> Self {
        self.0.tickets.extend(tickets);
        self
    }

    /// The ticket is called to counter 4, and no display has shown it yet.
    pub(crate) fn called(self, ticket: TicketRow, since: &str) -> Self {
        self.running(ticket, TicketState::Called, since)
    }

    pub(crate) fn serving(self, ticket: TicketRow, since: &str) -> Self {
        self.running(ticket, TicketState::Serving, since)
    }

    pub(crate) fn seen_on(mut self, painted: u32, displays: u32) -> Self {
        self.counter().seen = Some(Seen {
            painted,
            announced: painted,
            displays,
        });
        self
    }

    /// Shown on displays, and sounded by none.
    pub(crate) fn painted_in_silence(mut self, painted: u32, displays: u32) -> Self {
        self.counter().seen = Some(Seen {
            painted,
            announced: 0,
            displays,
        });
        self
    }

    pub(crate) fn faulty(mut self, device: &str, faults: &[&str]) -> Self {
        self.0.faults.push(DeviceFaults {
            device: device.to_owned(),
            faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
        });
        self
    }

    pub(crate) fn unprinted(mut self, number: &str, outcome: PrintOutcome) -> Self {
        let ticket = ticket_id(number);
        let job = JobId::new(format!("{}-1", ticket.0));
        self.0.unprinted.push(PrintRow {
            job,
            ticket,
            outcome,
        });
        self
    }

    pub(crate) fn finished(mut self, finished: u32) -> Self {
        self.0.finished = finished;
        self
    }

    /// The snapshot of this day, with the figures of its lines.
    pub(crate) fn told(mut self) -> Update {
        let queues = ["papers", "ids", "move"].map(|key| {
            let of_queue = |ticket: &&TicketRow| {
                ticket.queue.as_str() == key && ticket.state == TicketState::Waiting
            };
            let line = || self.0.tickets.iter().filter(of_queue);
            QueueRow {
                queue: QueueKey::new(key),
                waiting: u32::try_from(line().count()).expect("a short line"),
                longest_since: line().filter_map(|ticket| ticket.arrived_at).min(),
                promise: None,
            }
        });
        self.0.queues = queues.to_vec();
        // As the server sends them.
        self.0.tickets.sort_by_key(|ticket| ticket.id);
        Update::Message(ServerMessage::Snapshot {
            seq: 1,
            view: View::Panel(self.0),
        })
    }

    fn running(mut self, mut ticket: TicketRow, state: TicketState, since: &str) -> Self {
        ticket.state = state;
        ticket.counter = Some(counter_4());
        ticket.call = Some(CallId(7));
        ticket.calls = ticket.calls.max(1);
        ticket.since = at(since);
        let counter = self.counter();
        counter.mode = CounterMode::Open;
        counter.running = Some(ticket.id);
        counter.seen = Some(Seen {
            painted: 0,
            announced: 0,
            displays: 1,
        });
        self.with([ticket])
    }

    fn counter(&mut self) -> &mut CounterRow {
        &mut self.0.counters[0]
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
            .promised("10:48", "10:58"),
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
