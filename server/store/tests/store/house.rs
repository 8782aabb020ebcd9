//! A small office, its visits played by chance, and a store in a folder of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aufruf_engine::{
    Actor, Area, AreaKey, CallId, Command, Counter, CounterKey, Event, IssueTicket, Language, Need,
    Office, Promise, Queue, QueueKey, Record, Series, SeriesKey, Service, ServiceKey, State,
    TicketId, step,
};
use aufruf_store::{Answer, Batch, Opened, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

/// A wish of somebody in the office; the figures choose which ticket or counter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish {
    Issue(u8),
    Open(u8),
    Close(u8),
    Next(u8),
    Call(u8, u8),
    Recall(u8),
    Start(u8),
    Finish(u8),
    Miss(u8),
    Requeue(u8),
    /// Minutes go by; enough of them and the day ends.
    Wait(u16),
    ChangeOffice,
}

/// Wishes as they come in an office, the common ones more often.
pub(crate) fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => any::<u8>().prop_map(Wish::Issue),
        2 => any::<u8>().prop_map(Wish::Open),
        1 => any::<u8>().prop_map(Wish::Close),
        5 => any::<u8>().prop_map(Wish::Next),
        1 => any::<(u8, u8)>().prop_map(|(ticket, counter)| Wish::Call(ticket, counter)),
        2 => any::<u8>().prop_map(Wish::Recall),
        2 => any::<u8>().prop_map(Wish::Start),
        3 => any::<u8>().prop_map(Wish::Finish),
        2 => any::<u8>().prop_map(Wish::Miss),
        2 => any::<u8>().prop_map(Wish::Requeue),
        1 => (0..700_u16).prop_map(Wish::Wait),
        1 => Just(Wish::ChangeOffice),
    ]
}

/// The engine's side: a state, and the clock.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    tickets: u128,
    offices: u64,
}

impl Desk {
    /// An office that has not opened a day yet.
    pub(crate) fn new() -> Self {
        let now = "2026-11-23T07:00:00Z".parse().expect("a Monday morning");
        Self {
            state: State::default(),
            now,
            tickets: 0,
            offices: 0,
        }
    }

    /// The records that open the first day.
    pub(crate) fn opens(&mut self) -> Vec<Record> {
        self.asks(Wish::ChangeOffice)
    }

    /// The records that a wish leads to; none where it is refused.
    pub(crate) fn asks(&mut self, wish: Wish) -> Vec<Record> {
        self.now += SignedDuration::from_millis(1234);
        let command = self.command(wish);
        step(&mut self.state, &command, &Actor::new("panel-1"), self.now).unwrap_or_default()
    }

    /// `count` people who take a ticket, a wish each.
    pub(crate) fn issues(&mut self, count: u8) -> Vec<Record> {
        (0..count).flat_map(|n| self.asks(Wish::Issue(n))).collect()
    }

    fn command(&mut self, wish: Wish) -> Command {
        match wish {
            Wish::Issue(n) => self.issue(n),
            Wish::Open(n) => Command::OpenCounter {
                counter: counter(n),
            },
            Wish::Close(n) => Command::CloseCounter {
                counter: counter(n),
            },
            Wish::Next(n) => Command::CallNext {
                counter: counter(n),
            },
            Wish::Call(ticket, n) => Command::CallTicket {
                ticket: self.ticket(ticket),
                counter: counter(n),
            },
            Wish::Recall(ticket) => Command::Recall {
                ticket: self.ticket(ticket),
            },
            Wish::Start(ticket) => Command::Start {
                ticket: self.ticket(ticket),
            },
            Wish::Finish(ticket) => Command::Finish {
                ticket: self.ticket(ticket),
            },
            Wish::Miss(ticket) => Command::Miss {
                ticket: self.ticket(ticket),
            },
            Wish::Requeue(ticket) => Command::Requeue {
                ticket: self.ticket(ticket),
            },
            Wish::Wait(minutes) => {
                self.now += SignedDuration::from_mins(i64::from(minutes));
                Command::TimePassed
            }
            Wish::ChangeOffice => {
                self.offices += 1;
                Command::UseOffice {
                    office: Arc::new(office(self.offices)),
                }
            }
        }
    }

    fn issue(&mut self, n: u8) -> Command {
        self.tickets += 1;
        let shown = |mins| self.now + SignedDuration::from_mins(mins);
        let promise = Promise {
            low: shown(5),
            mid: shown(10),
            high: shown(20),
        };
        Command::IssueTicket(IssueTicket {
            ticket: TicketId(uuid::Uuid::from_u128(self.tickets)),
            services: vec![ServiceKey::new(
                ["passport", "address", "car"][usize::from(n % 3)],
            )],
            language: Language::new("de"),
            needs: n
                .is_multiple_of(4)
                .then_some(Need::InductionLoop)
                .into_iter()
                .collect(),
            shown: n.is_multiple_of(2).then_some(promise),
        })
    }

    /// One of the day's open tickets; one that nobody knows where there is none.
    fn ticket(&self, n: u8) -> TicketId {
        let open: Vec<_> = self
            .state
            .tickets()
            .filter(|ticket| !ticket.state.is_final())
            .collect();
        let chosen = usize::from(n).checked_rem(open.len()).map(|n| open[n].id);
        chosen.unwrap_or(TicketId(uuid::Uuid::nil()))
    }
}

fn counter(n: u8) -> CounterKey {
    CounterKey::new(["counter-1", "counter-2"][usize::from(n % 2)])
}

fn office(version: u64) -> Office {
    let queue = |key, series| Queue {
        key: QueueKey::new(key),
        series: SeriesKey::new(series),
        max_waiting: 200_000,
    };
    let series = |key, prefix: &str, to| Series {
        key: SeriesKey::new(key),
        prefix: prefix.to_owned(),
        from: 1,
        to,
        reuse_after_min: 60,
    };
    let service = |key, queue| Service {
        key: ServiceKey::new(key),
        queue: QueueKey::new(queue),
        duration_min: 10,
    };
    let counter = |key, skills: &[&str]| Counter {
        key: CounterKey::new(key),
        skills: skills.iter().map(|skill| ServiceKey::new(skill)).collect(),
        area: AreaKey::new("ground"),
    };
    Office {
        version,
        time_zone: "Europe/Berlin".to_owned(),
        queues: vec![queue("citizens", "a"), queue("cars", "b")],
        series: vec![series("a", "A", 99_999), series("b", "B", 30)],
        services: vec![
            service("passport", "citizens"),
            service("address", "citizens"),
            service("car", "cars"),
        ],
        counters: vec![
            counter("counter-1", &["passport", "address"]),
            counter("counter-2", &["address", "car"]),
        ],
        areas: vec![Area {
            key: AreaKey::new("ground"),
        }],
    }
}

/// A data folder that goes with the test.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path().join("aufruf.db")
    }

    #[track_caller]
    pub(crate) fn open(&self) -> Opened {
        Store::open(self.path()).expect("the store opens")
    }

    /// Opens, expecting that it is refused.
    #[track_caller]
    pub(crate) fn refusal(&self) -> StoreError {
        match Store::open(self.path()) {
            Ok(_) => panic!("the store opened"),
            Err(error) => error,
        }
    }

    /// Somebody else at the file while no server has it.
    #[track_caller]
    pub(crate) fn meddle(&self, sql: &str) {
        self.look().execute_batch(sql).expect("the meddling works");
    }

    /// Somebody else's connection.
    #[track_caller]
    pub(crate) fn look(&self) -> Connection {
        Connection::open(self.database()).expect("the file opens")
    }

    /// A figure from the file.
    #[track_caller]
    pub(crate) fn count(&self, sql: &str) -> u64 {
        let count: i64 = self
            .look()
            .query_row(sql, (), |row| row.get(0))
            .expect("a figure");
        u64::try_from(count).expect("a count")
    }
}

/// A batch of records alone.
pub(crate) fn batch(records: Vec<Record>) -> Batch {
    Batch {
        records,
        answers: Vec::new(),
    }
}

/// An answer of a few words to `panel-1`.
pub(crate) fn answer(key: &str, at: Timestamp, body: &str) -> Answer {
    Answer {
        device: "panel-1".to_owned(),
        key: key.to_owned(),
        at,
        status: 201,
        body: body.to_owned(),
    }
}

/// Commits, and waits until it is on disk.
#[track_caller]
pub(crate) fn commit(store: &Store, batch: Batch) {
    let written = store
        .commit(batch)
        .blocking_recv()
        .expect("the writer lives");
    written.expect("the batch is on disk");
}

/// Says whether the read models tell the same as the state, and the journal too.
#[track_caller]
pub(crate) fn assert_disk_equals(store: &Store, state: &State) {
    let day = state.day().expect("a day is open").date;
    for ticket in state.tickets() {
        let row = store
            .ticket(ticket.id)
            .expect("readable")
            .expect("every ticket has its row");
        assert_eq!((&row.ticket, row.day), (ticket, day));
        let calls = store.calls_of(ticket.id).expect("readable");
        let nths: Vec<u32> = calls.iter().map(|call| call.nth).collect();
        assert_eq!(
            nths,
            (1..=ticket.calls).collect::<Vec<_>>(),
            "of {}",
            ticket.number
        );
        if let (Some(last), Some(call)) = (calls.last(), ticket.state.call()) {
            assert_eq!(
                (last.call, Some(&last.counter)),
                (call, ticket.state.counter())
            );
        }
    }
    let rows = store.tickets_of(day).expect("readable");
    assert_eq!(rows.len(), state.tickets().count());
    let records = store.records_of(day).expect("readable");
    assert_eq!(
        &aufruf_engine::replay(&records),
        state,
        "the day's journal gives the state"
    );
    for record in &records {
        assert_call_is_told(store, record);
    }
}

/// Every calling has its row, with its reason and its time.
#[track_caller]
fn assert_call_is_told(store: &Store, record: &Record) {
    let (ticket, reason) = match record.event {
        Event::TicketCalled { ticket, why, .. } => (ticket, Some(why)),
        Event::TicketRecalled { ticket } => (ticket, None),
        _ => return,
    };
    let calls = store.calls_of(ticket).expect("readable");
    let call = calls.iter().find(|call| call.call == CallId(record.seq));
    let told = call.map(|call| (call.ticket, call.why, call.at));
    assert_eq!(told, Some((ticket, reason, record.at)));
}
