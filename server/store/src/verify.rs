//! Reads a database from end to end, and says what it holds or what is wrong with it.

use std::path::Path;

use aufruf_engine::{EventSeq, Record, State, apply};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use crate::connection::open_beside;
use crate::fault::Fault;
use crate::load::load;
use crate::migrations::{self, Schema};
use crate::tables::{journal, office_documents, tickets};
use crate::{Damage, StoreError, folder};

/// What a sound database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The number of its schema.
    pub schema: u32,
    /// The office's document, by version; none before the first was applied.
    pub office: Option<u64>,
    /// How many days the journal has.
    pub days: usize,
    pub records: u64,
    /// The last record and its time; none in an empty journal.
    pub last: Option<(EventSeq, Timestamp)>,
    /// The day that is open, with how many have a ticket or an appointment on it.
    pub day: Option<(Date, usize)>,
}

/// Checks the database of a data folder: its pages, that every record of the journal is there and matches
/// its checksum, and that the present state follows from them. Works beside a running server. Blocks.
///
/// # Errors
/// `NotThere`, `NewerDatabase`, `Foreign`, and `Damaged` with the place.
pub fn verify(dir: &Path) -> Result<Verified, StoreError> {
    verify_file(&folder::database(dir))
}

/// As [`verify`], of one file: a backup.
///
/// # Errors
/// As [`verify`].
pub fn verify_file(file: &Path) -> Result<Verified, StoreError> {
    let there = file
        .try_exists()
        .map_err(crate::backup::failed("looking for it", file))?;
    if !there {
        return Err(StoreError::NotThere {
            file: file.to_owned(),
        });
    }
    let mut connection = open_beside(file)?;
    let schema = match migrations::look(&connection, file)? {
        Schema::Behind { version: 0 } => {
            return Err(StoreError::NotThere {
                file: file.to_owned(),
            });
        }
        Schema::Behind { version } => version,
        Schema::Current => migrations::newest(),
    };
    read_all(&mut connection, schema).map_err(Fault::during("checking", file))
}

fn read_all(connection: &mut Connection, schema: u32) -> Result<Verified, Fault> {
    pages_are_sound(connection)?;
    let mut journal = Journal::default();
    journal::each_day(connection, |entry| {
        journal.take(&entry.record, entry.day);
        Ok(())
    })?;
    let loaded = load(connection)?;
    let last = (journal.records > 0).then(|| (journal.state.last_seq(), journal.state.last_at()));
    // A snapshot is a short cut. Where it leads elsewhere, it was not of this journal.
    if loaded.head.ends.last != journal.state.last_seq() {
        let (found, written) = (journal.state.last_seq().0, loaded.head.ends.last.0);
        return Err(Damage::Tail { found, written }.into());
    }
    if loaded.state != journal.state {
        return Err(Damage::State(loaded.head.ends.last.0).into());
    }
    if schema == migrations::newest() {
        visits_follow(connection, &journal.state)?;
    }
    let day = journal
        .state
        .day()
        .map(|day| (day.date, journal.state.tickets().count()));
    Ok(Verified {
        schema,
        office: office_documents::latest(connection)?.map(|document| document.version),
        days: journal.days,
        records: journal.records,
        last,
        day,
    })
}

/// The read models of the open day are derived from the journal, and have to say the same.
fn visits_follow(connection: &Connection, state: &State) -> Result<(), Fault> {
    for ticket in state.tickets() {
        let row = tickets::one(connection, ticket.id)?;
        if row.is_none_or(|row| row.ticket != *ticket) {
            return Err(Damage::Visit(ticket.number.label.clone()).into());
        }
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Journal {
    state: State,
    days: usize,
    records: u64,
    day: Option<Date>,
}

impl Journal {
    fn take(&mut self, record: &Record, day: Date) {
        apply(&mut self.state, record);
        self.records += 1;
        if self.day != Some(day) {
            self.day = Some(day);
            self.days += 1;
        }
    }
}

/// `SQLite`'s own look at every page, index and constraint.
fn pages_are_sound(connection: &Connection) -> Result<(), Fault> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    if found != "ok" {
        return Err(Damage::Pages(found).into());
    }
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let mut stray = check.query(())?;
    match stray.next()? {
        Some(row) => {
            let table: String = row.get(0)?;
            Err(Damage::Pages(format!("a row of {table} belongs to none")).into())
        }
        None => Ok(()),
    }
}
