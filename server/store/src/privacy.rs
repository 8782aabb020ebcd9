//! The proof that nothing personal is left: every file of a data folder and of this office's backups is read byte by
//! byte for the mark that each note begins with. A note whose visit is over must be in none of them, also not in a
//! page that is free, in the write-ahead log, or in what was moved aside. The records of days that are over are read, too:
//! in the database, in those that lie aside, and in the newest backup of this office, of which the others are older forms.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aufruf_engine::{EventSeq, TicketId};
use jiff::civil::Date;
use rusqlite::Connection;
use uuid::Uuid;

use crate::backup::{backups_of, failed, named_office};
use crate::connection::open_beside;
use crate::fault::Fault;
use crate::load::{Head, head};
use crate::office_id::{OfficeId, office_id};
use crate::tables::{journal, meta, notes};
use crate::{StoreError, folder};

/// How long what was deleted may take to go from the log, too.
const A_MOMENT: Duration = Duration::from_secs(2);
/// How much of a file is looked at at once, in bytes.
const BLOCK: usize = 1 << 20;
/// A UUID as text.
const ID: usize = 36;

/// What a scan found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrivacyScan {
    /// How many files were read, and bytes of them.
    pub files: usize,
    pub bytes: u64,
    /// Notes of visits that are open: they may be in the database and its log.
    pub open_notes: usize,
    /// What must not be there.
    pub found: Vec<Remnant>,
    /// Databases that lie aside and are too damaged to read their records: of them, every byte was looked at alone.
    pub unread: Vec<PathBuf>,
}

/// Something personal that should be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remnant {
    /// A note about this visit, which is over, or which may not be in such a file.
    Note { file: PathBuf, ticket: Uuid },
    /// A record of a closed day that was to be anonymous by now.
    Record(EventSeq),
    /// The same in another database, which nobody makes anonymous any more.
    RecordIn { file: PathBuf, seq: EventSeq },
}

impl fmt::Display for Remnant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note { file, ticket } => {
                let file = file.display();
                write!(
                    f,
                    "{file} has a note about visit {ticket}; a file that was moved aside, or a backup of an older program, can be deleted"
                )
            }
            Self::Record(seq) => write!(
                f,
                "record {} of the journal belongs to a closed day and is not anonymous",
                seq.0
            ),
            Self::RecordIn { file, seq } => write!(
                f,
                "{}: record {} belongs to a day that is over and is not anonymous; delete the file as soon as nobody needs it any more",
                file.display(),
                seq.0
            ),
        }
    }
}

/// Reads all files of the data folder `dir` and of `backups`, but for those of other offices, for what should be gone. Works beside a
/// running server, and looks twice before it says that something is left: what is just being deleted is gone
/// by then. Blocks.
///
/// # Errors
/// When a file cannot be read, or the database is damaged.
pub fn scan_privacy(dir: &Path, backups: Option<&Path>) -> Result<PrivacyScan, StoreError> {
    let first = scan(dir, backups)?;
    if first.found.is_empty() {
        return Ok(first);
    }
    wait();
    let mut again = scan(dir, backups)?;
    again.found.retain(|remnant| first.found.contains(remnant));
    Ok(again)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a server of another process empties its log meanwhile, and says nothing"
)]
fn wait() {
    std::thread::sleep(A_MOMENT);
}

fn scan(dir: &Path, backups: Option<&Path>) -> Result<PrivacyScan, StoreError> {
    let database = folder::database(dir);
    let before = open_notes(&database)?;
    let mut scan = PrivacyScan::default();
    for file in files_in(dir)? {
        scan.read(&file)?;
    }
    let office = office_id(dir)?;
    for file in backups.map(files_in).transpose()?.unwrap_or_default() {
        // What other offices keep in a folder that all share is their own to prove, and may be closed to this one.
        if named_office(&file).is_none_or(|theirs| Some(theirs) == office) {
            scan.read(&file)?;
        }
    }
    let after = open_notes(&database)?;
    scan.open_notes = after.len();
    let is_open = |ticket: &TicketId| before.contains(ticket) || after.contains(ticket);
    scan.found.retain(|remnant| match remnant {
        Remnant::Note { file, ticket } => {
            file.parent() != Some(dir) || !is_open(&TicketId(*ticket))
        }
        Remnant::Record(_) | Remnant::RecordIn { .. } => true,
    });
    let (today, found) = in_use(&database)?;
    scan.found.extend(found.map(Remnant::Record));
    scan.read_aside(dir, today)?;
    if let Some((backups, office)) = backups.zip(office) {
        scan.read_newest(backups, office)?;
    }
    Ok(scan)
}

fn open_notes(database: &Path) -> Result<BTreeSet<TicketId>, StoreError> {
    let connection = open_beside(database)?;
    let tickets = notes::tickets(&connection).map_err(Fault::from);
    let tickets = tickets.map_err(Fault::during("reading the notes", database))?;
    Ok(tickets.into_iter().collect())
}

impl PrivacyScan {
    /// Reads the records of what lies aside.
    fn read_aside(&mut self, dir: &Path, today: Option<Date>) -> Result<(), StoreError> {
        let all = folder::all_aside(dir).map_err(failed("scanning", dir))?;
        let files = all.iter().map(|aside| folder::database(aside));
        for file in files.filter(|file| file.exists()) {
            match aside(&file, today) {
                Ok(None) => {}
                Ok(Some(seq)) => self.found.push(Remnant::RecordIn { file, seq }),
                Err(_) => self.unread.push(file),
            }
        }
        Ok(())
    }

    fn read_newest(&mut self, backups: &Path, office: OfficeId) -> Result<(), StoreError> {
        let Some(newest) = backups_of(backups, office)?.pop() else {
            return Ok(());
        };
        let file = newest.file;
        let found = match in_use(&file) {
            // It was rotated away meanwhile.
            Err(_) if !file.exists() => return Ok(()),
            found => found?.1,
        };
        let found = found.map(|seq| Remnant::RecordIn { file, seq });
        self.found.extend(found);
        Ok(())
    }

    /// Looks for marks.
    fn read(&mut self, file: &Path) -> Result<(), StoreError> {
        // What goes while it is looked for holds nothing any more.
        let mut opened = match File::open(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(failed("scanning", file))?,
        };
        self.files += 1;
        let mark = notes::MARK.as_bytes();
        let overlap = mark.len() + ID;
        let (mut block, mut kept) = (vec![0; BLOCK + overlap], 0);
        loop {
            let read = opened
                .read(&mut block[kept..])
                .map_err(failed("scanning", file))?;
            if read == 0 {
                return Ok(());
            }
            self.bytes += u64::try_from(read).unwrap_or(0);
            let filled = kept + read;
            for ticket in marked(&block[..filled], mark) {
                let remnant = Remnant::Note {
                    file: file.to_owned(),
                    ticket,
                };
                if !self.found.contains(&remnant) {
                    self.found.push(remnant);
                }
            }
            // A mark may lie across two blocks.
            kept = filled.min(overlap - 1);
            block.copy_within(filled - kept..filled, 0);
        }
    }
}

/// The visits whose notes are in `bytes`.
fn marked<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = Uuid> + 'a {
    let starts = bytes.windows(mark.len() + ID);
    let marked = starts.filter(move |window| window.starts_with(mark));
    marked.filter_map(move |window| {
        let id = std::str::from_utf8(&window[mark.len()..]).ok()?;
        Uuid::try_parse(id).ok()
    })
}

fn files_in(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.map_err(failed("scanning", &folder))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed("scanning", &folder))?;
            let kind = entry
                .file_type()
                .map_err(failed("scanning", &entry.path()))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The day that is open, and the first record of a closed one that is said to be anonymous and is not.
fn in_use(database: &Path) -> Result<(Option<Date>, Option<EventSeq>), StoreError> {
    let connection = open_beside(database)?;
    let read = || {
        let done = meta::anonymised_to(&connection)?;
        let found = not_anonymous(&connection, done)?;
        Ok((head(&connection)?.day, found))
    };
    read().map_err(Fault::during("reading the journal", database))
}

/// The first record of a day that is over by `today` and is not anonymous.
fn aside(database: &Path, today: Option<Date>) -> Result<Option<EventSeq>, StoreError> {
    let connection = open_beside(database)?;
    let read = || {
        let Head { ends, day } = head(&connection)?;
        let is_over = day.zip(today).is_some_and(|(day, today)| day < today);
        let before_today = EventSeq(ends.segment_from.0.saturating_sub(1));
        not_anonymous(&connection, if is_over { ends.last } else { before_today })
    };
    read().map_err(Fault::during("reading the journal", database))
}

/// The first record up to `last` that is not anonymous.
fn not_anonymous(connection: &Connection, last: EventSeq) -> Result<Option<EventSeq>, Fault> {
    let mut found = None;
    let read = journal::each_day(connection, |entry| {
        let seq = entry.record.seq;
        if found.is_none() && seq <= last {
            let event = entry.record.event.clone().anonymised();
            found = (event != entry.record.event).then_some(seq);
        }
        Ok(())
    });
    // What was found was found, however the file goes on.
    if found.is_none() {
        read?;
    }
    Ok(found)
}
