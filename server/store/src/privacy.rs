//! The proof that nothing personal is left: every file of a data folder and of the backups is read byte by
//! byte for the mark that each note begins with. A note whose visit is over must be in none of them, also not in a
//! page that is free, in the write-ahead log, or in what was moved aside.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aufruf_engine::{EventSeq, TicketId};
use uuid::Uuid;

use crate::backup::failed;
use crate::connection::open_beside;
use crate::fault::Fault;
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
}

/// Something personal that should be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remnant {
    /// A note about this visit, which is over, or which may not be in such a file.
    Note { file: PathBuf, ticket: Uuid },
    /// A record of a closed day that was to be anonymous by now.
    Record(EventSeq),
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
        }
    }
}

/// Reads all files of the data folder `dir` and of `backups` for what should be gone. Works beside a
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
    for file in backups.map(files_in).transpose()?.unwrap_or_default() {
        scan.read(&file)?;
    }
    let after = open_notes(&database)?;
    scan.open_notes = after.len();
    let is_open = |ticket: &TicketId| before.contains(ticket) || after.contains(ticket);
    scan.found.retain(|remnant| match remnant {
        Remnant::Note { file, ticket } => {
            file.parent() != Some(dir) || !is_open(&TicketId(*ticket))
        }
        Remnant::Record(_) => true,
    });
    scan.found.extend(not_anonymous(&database)?);
    Ok(scan)
}

fn open_notes(database: &Path) -> Result<BTreeSet<TicketId>, StoreError> {
    let connection = open_beside(database)?;
    let tickets = notes::tickets(&connection).map_err(Fault::from);
    let tickets = tickets.map_err(Fault::during("reading the notes", database))?;
    Ok(tickets.into_iter().collect())
}

impl PrivacyScan {
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

/// The first record of a closed day that is said to be anonymous and is not.
fn not_anonymous(database: &Path) -> Result<Option<Remnant>, StoreError> {
    let connection = open_beside(database)?;
    let reading = Fault::during("reading the journal", database);
    let done = meta::anonymised_to(&connection).map_err(&reading)?;
    let mut found = None;
    journal::each_day(&connection, |entry| {
        let seq = entry.record.seq;
        if found.is_none() && seq <= done {
            let event = entry.record.event.clone().anonymised();
            found = (event != entry.record.event).then_some(Remnant::Record(seq));
        }
        Ok(())
    })
    .map_err(&reading)?;
    Ok(found)
}
