//! What can go wrong, in words for the people who have to do something about it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use thiserror::Error;

/// Why the store cannot be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("cannot make the data folder {}", folder.display())]
    CreateFolder {
        folder: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot lock the data folder by {}", file.display())]
    Lock {
        file: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "another server uses the data folder {}; stop it first, or give this one a folder of its own",
        folder.display()
    )]
    InUse { folder: PathBuf },
    #[error(
        "{} has schema {found}, but this program knows only up to {known}; install the newer \
         program again, or restore the backup taken before the update",
        file.display()
    )]
    NewerDatabase {
        file: PathBuf,
        found: u32,
        known: u32,
    },
    #[error(
        "{} is a database of another program; name the right data folder, or move the file away",
        file.display()
    )]
    Foreign { file: PathBuf },
    #[error("cannot bring {} to schema {to}", file.display())]
    Migrate {
        file: PathBuf,
        to: u32,
        #[source]
        source: rusqlite::Error,
    },
    #[error("{doing} failed in {}", file.display())]
    Sql {
        doing: &'static str,
        file: PathBuf,
        #[source]
        source: rusqlite::Error,
    },
    #[error(
        "{} is damaged: {damage}; nothing was changed: copy the whole folder, then restore the \
         latest backup into an empty one",
        file.display()
    )]
    Damaged {
        file: PathBuf,
        damage: Damage,
        #[source]
        cause: Option<Cause>,
    },
    #[error("the token of {id} is that of another device; give each its own")]
    TokenTaken { id: String },
    #[error("there is no database in {}; name the right folder or file", file.display())]
    NotThere { file: PathBuf },
    #[error(
        "a restore into {} was cut off; do it again: `aufruf-server restore …` or `aufruf-server day start --fresh …`. \
         What was there lies in its folders aside-…",
        folder.display()
    )]
    Interrupted { folder: PathBuf },
    #[error("another backup of {} is being made; wait for its end", folder.display())]
    BackupRuns { folder: PathBuf },
    #[error("{} was busy for too long; make the backup again", file.display())]
    BackupBusy { file: PathBuf },
    #[error("{doing} failed: {}", file.display())]
    File {
        doing: &'static str,
        file: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "the office was changed in between: this change was made from version {base}, the current \
         one is {current}; export it again and repeat the change there"
    )]
    StaleDocument { base: u64, current: u64 },
    #[error("the store is closed")]
    Closed,
}

/// What made somebody say that something is damaged.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What is damaged, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Damage {
    #[error("the file cannot be read as a database")]
    File,
    #[error("{0} does not match its checksum")]
    Sum(Place),
    #[error("the event of {0} cannot be read")]
    Event(Place),
    #[error("{0} is of another day than the record that opened its day")]
    Day(Place),
    #[error("record {missing} of the journal is missing; the next one is {next}")]
    Gap { missing: u64, next: u64 },
    #[error("the journal ends with record {found}, but record {written} was written")]
    Tail { found: u64, written: u64 },
    #[error("the current day should begin with record {0}, which opens no day")]
    Beginning(u64),
    #[error("its pages do not fit together ({0})")]
    Pages(String),
    #[error("the snapshot in use does not say what the journal says up to record {0}")]
    State(u64),
    #[error("the row of {0} does not say what the journal says")]
    Visit(String),
    #[error("a value in the table {0} cannot be read")]
    Row(&'static str),
}

/// A record of the journal, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub seq: u64,
    /// The segment, as the row names it.
    pub day: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seq, day } = self;
        write!(f, "record {seq} of day {day}")
    }
}

/// Why a batch is not on disk. Nothing of it is.
#[derive(Debug, Error)]
pub enum CommitError {
    #[error("writing to {} failed", file.display())]
    Failed {
        file: PathBuf,
        #[source]
        source: rusqlite::Error,
    },
    #[error("an earlier batch failed, so this one was decided on a state that does not exist")]
    StateLost,
    #[error("too much was handed over before the disk took it; try again")]
    Overrun,
    #[error("record {found} was handed over where record {expected} is next")]
    OutOfOrder { expected: u64, found: u64 },
    #[error("the first record of a journal has to open a day")]
    NoDay,
    #[error("record {seq} has the time {at}, but the journal keeps milliseconds")]
    FinerThanMilliseconds { seq: u64, at: Timestamp },
    #[error("the store is closed")]
    Closed,
}
