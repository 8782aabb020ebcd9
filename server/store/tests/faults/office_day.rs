//! Two days of an office on a disk that is watched, and what the disk has to have at each moment.

use aufruf_engine::{Actor, Record, TicketId};
use aufruf_store::{Batch, CommitError, Note, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use crate::house::{Desk, Folder, Wish, answer, id};
use crate::watch::{Done, Drive, Fault};

const WORDS: &str = "brings the birth certificate of Mara Beispiel";

/// A batch, and when it was what.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// The office behind it.
    pub(crate) desk: Desk,
    /// The key under which it has an answer.
    pub(crate) key: String,
    /// The note about the visit that has one.
    pub(crate) note: Option<&'static str>,
    /// Moments of the disk.
    pub(crate) handed_at: usize,
    pub(crate) end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Acknowledged {
        at: usize,
    },
    /// It was reported as failed, and the state has been rebuilt since.
    Gone {
        at: usize,
    },
}

/// What a disk was asked for, and the batches with it; the first one is the office without a day.
#[derive(Debug)]
pub(crate) struct Recording {
    pub(crate) done: Vec<Done>,
    pub(crate) marks: Vec<Mark>,
    /// Answers from before it may be gone.
    pub(crate) forgets_before: Timestamp,
}

/// The visit that has a note.
pub(crate) fn noted() -> TicketId {
    id(2)
}

/// The next batch of an office, whatever it did: it opens a day first.
pub(crate) fn next_batch(desk: &mut Desk, key: &str) -> Batch {
    let records = match desk.state.day() {
        None => desk.opens(),
        Some(_) => desk.issues(1),
    };
    answered(desk, records, key)
}

fn answered(desk: &Desk, records: Vec<Record>, key: &str) -> Batch {
    let body = format!("done under {key}: ").repeat(20);
    Batch {
        records,
        answers: vec![answer(key, desk.now, &body)],
        ..Batch::default()
    }
}

/// Hands a batch over, and waits for its end.
pub(crate) fn hand_over(store: &Store, batch: Batch) -> Result<(), CommitError> {
    store
        .commit(batch)
        .blocking_recv()
        .expect("the writer lives")
}

/// Rebuilds as often as it takes while the disk fails.
#[track_caller]
pub(crate) fn rebuilt(store: &Store, drive: &Drive, desk: &Desk) {
    let state = loop {
        let was_failing = drive.is_failing();
        match store.rebuild() {
            Ok(state) => break state,
            Err(error) => {
                assert!(was_failing, "the disk is sound: {error:?}");
                assert_names_the_file(&error);
            }
        }
    };
    assert!(state == desk.state, "what was acknowledged, and no more");
}

#[track_caller]
pub(crate) fn assert_names_the_file(error: &StoreError) {
    let is_clear = matches!(error, StoreError::Sql { .. } | StoreError::Migrate { .. });
    assert!(is_clear, "{error:?}");
    assert!(error.to_string().contains("aufruf.db"), "{error}");
}

/// Plays both days; `fault` strikes behind the opening.
pub(crate) fn play(drive: &Drive, fault: Option<Fault>) -> Recording {
    let folder = Folder::new();
    drive.watches(folder.path());
    let mut playing = Playing::begin(drive, &folder);
    if let Some(fault) = fault {
        drive.fails(fault);
        playing.fault = Some(fault);
    }
    playing.morning();
    playing.the_log_is_taken_in();
    playing.noon();
    playing.starts_anew();
    playing.night();
    playing.the_next_day();
    drive.heals();
    let Playing {
        store,
        marks,
        forgets_before,
        ..
    } = playing;
    store.close();
    let done = drive.looks_away();
    Recording {
        done,
        marks,
        forgets_before,
    }
}

/// Whether all closed days are. No, where the disk fails as one looks.
fn is_anonymous(folder: &Folder) -> bool {
    let done = "SELECT max(iif(name = 'anonymised_to', value, 0)) + 1
        >= max(iif(name = 'segment_from', value, 0)) FROM meta";
    let read = Connection::open(folder.database())
        .and_then(|connection| connection.query_row(done, (), |row| row.get(0)));
    read.unwrap_or(false)
}

/// A wish about the visit that has a note, where it is open still.
fn asks_of_noted(desk: &mut Desk, wish: impl FnOnce(u8) -> Wish) -> Vec<Record> {
    let place = {
        let visits = desk.state.tickets();
        let mut open = visits.filter(|visit| !visit.state.is_final());
        open.position(|visit| visit.id == noted())
    };
    let place = place.and_then(|place| u8::try_from(place).ok());
    place.map_or_else(Vec::new, |n| desk.asks(wish(n)))
}

struct Playing<'a> {
    fault: Option<Fault>,
    drive: &'a Drive,
    folder: &'a Folder,
    store: Store,
    desk: Desk,
    note: Option<&'static str>,
    marks: Vec<Mark>,
    forgets_before: Timestamp,
}

impl<'a> Playing<'a> {
    fn begin(drive: &'a Drive, folder: &'a Folder) -> Self {
        let desk = Desk::new();
        let nothing = Mark {
            desk: desk.clone(),
            key: "nothing".to_owned(),
            note: None,
            handed_at: 0,
            end: End::Acknowledged { at: 0 },
        };
        let mut playing = Self {
            fault: None,
            drive,
            folder,
            store: folder.open().store,
            desk,
            note: None,
            marks: vec![nothing],
            forgets_before: Timestamp::MIN,
        };
        playing.does(Desk::opens);
        playing
    }

    fn morning(&mut self) {
        self.asks(&[Wish::Open(0), Wish::Open(1)]);
        for _ in 0..3 {
            self.does(|desk| desk.issues(3));
        }
        self.writes_a_note();
        self.asks(&[
            Wish::Next(0),
            Wish::Next(1),
            Wish::Recall(0),
            Wish::Start(0),
        ]);
        self.takes_a_snapshot();
        self.asks(&[
            Wish::Finish(0),
            Wish::Next(0),
            Wish::Book(5),
            Wish::Book(110),
        ]);
    }

    /// By somebody else and as far as it goes; the next batch begins the log anew.
    fn the_log_is_taken_in(&self) {
        let taken = "PRAGMA wal_checkpoint(PASSIVE)";
        // It may fail where the disk does: then the store takes it in later.
        let _ = Connection::open(self.folder.database())
            .and_then(|connection| connection.query_row(taken, (), |_| Ok(())));
    }

    fn noon(&mut self) {
        self.does(|desk| desk.issues(40));
        self.asks(&[
            Wish::Next(1),
            Wish::Miss(1),
            Wish::Pause(1),
            Wish::Emergency(0, 0),
        ]);
        self.ends_the_noted_visit();
        self.asks(&[Wish::Next(0), Wish::Park(0), Wish::ChangeOffice]);
        self.takes_a_snapshot();
        self.does(|desk| desk.issues(2));
    }

    /// Closes and opens, as far as the disk lets it.
    fn starts_anew(&mut self) {
        self.store.clone().close();
        self.store = loop {
            let was_failing = self.drive.is_failing();
            match Store::open(self.folder.path()) {
                Ok(opened) => {
                    assert!(opened.state == self.desk.state, "what was acknowledged");
                    break opened.store;
                }
                Err(error) => {
                    assert!(was_failing, "the disk is sound: {error:?}");
                    assert_names_the_file(&error);
                }
            }
        };
    }

    /// The day is closed, and made anonymous on the side.
    fn night(&mut self) {
        self.does(|desk| desk.asks(Wish::Wait(24 * 60)));
        self.does(|desk| desk.issues(2));
        let before = self.desk.now - SignedDuration::from_hours(24) - SignedDuration::from_secs(40);
        self.forgets_before = before;
        let forgotten = self.store.forget_answers_before(before).blocking_recv();
        if let Err(error) = forgotten.expect("the writer lives") {
            assert!(self.fault.is_some(), "the disk is sound: {error:?}");
        }
        self.waits_until(|playing| is_anonymous(playing.folder));
    }

    fn the_next_day(&mut self) {
        self.asks(&[
            Wish::Open(0),
            Wish::Next(0),
            Wish::Start(0),
            Wish::Finish(0),
        ]);
        self.does(|desk| desk.issues(3));
    }

    fn asks(&mut self, wishes: &[Wish]) {
        for wish in wishes {
            self.does(|desk| desk.asks(*wish));
        }
    }

    fn does(&mut self, work: impl FnOnce(&mut Desk) -> Vec<Record>) {
        self.commits(self.note, |desk, key| {
            let records = work(desk);
            answered(desk, records, key)
        });
    }

    fn writes_a_note(&mut self) {
        self.commits(Some(WORDS), |desk, key| {
            let note = Note {
                ticket: noted(),
                text: WORDS.to_owned(),
                written_at: desk.now,
                by: Actor::new("panel-1"),
            };
            let notes = vec![note];
            Batch {
                notes,
                ..answered(desk, Vec::new(), key)
            }
        });
    }

    /// Its note goes, and the log is wiped for it.
    fn ends_the_noted_visit(&mut self) {
        self.asks(&[Wish::Close(0), Wish::Open(0)]);
        self.does(|desk| asks_of_noted(desk, |n| Wish::Call(n, 0)));
        self.does(|desk| asks_of_noted(desk, Wish::Finish));
        self.waits_until(|playing| playing.note.is_some() || !playing.folder.holds(WORDS));
    }

    /// Waits for what is done on the side. Where something fails, that is tried again with a later batch.
    fn waits_until(&mut self, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            if self.fault.is_some() {
                self.does(|desk| desk.issues(1));
            }
            std::thread::yield_now();
        }
    }

    fn takes_a_snapshot(&self) {
        if let Err(error) = self.store.snapshot() {
            assert!(self.fault.is_some(), "the disk is sound: {error:?}");
            assert_names_the_file(&error);
        }
    }

    /// Commits what `work` makes, and writes down how it ended.
    fn commits(&mut self, note: Option<&'static str>, work: impl FnOnce(&mut Desk, &str) -> Batch) {
        let before = self.desk.clone();
        let key = format!("key-{}", self.marks.len());
        let batch = work(&mut self.desk, &key);
        let handed_at = self.drive.moment();
        let visit = self.desk.state.ticket(noted());
        let note = note.filter(|_| visit.is_some_and(|visit| !visit.state.is_final()));
        let ended = hand_over(&self.store, batch);
        let mut mark = Mark {
            desk: self.desk.clone(),
            key,
            note,
            handed_at,
            end: End::Acknowledged {
                at: self.drive.moment(),
            },
        };
        if let Err(error) = ended {
            let is_expected = self.fault.is_some();
            let is_clear = matches!(error, CommitError::Failed { .. });
            assert!(is_expected && is_clear, "{error:?}");
            self.desk = before;
            rebuilt(&self.store, self.drive, &self.desk);
            let at = self.drive.moment();
            mark.end = End::Gone { at };
        } else {
            self.note = note;
        }
        self.marks.push(mark);
    }
}
