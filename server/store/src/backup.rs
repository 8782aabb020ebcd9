//! Backups: the database as it was at one moment, in one file, made beside a server that runs. Nothing
//! personal is in them.
//!
//! ```text
//!  aufruf.db ──one step, own connection──▶ backup.scratch ──notes overwritten──▶ VACUUM INTO ──checked──▶ aufruf-<office>-<time>.db
//! ```
//!
//! What is personal is overwritten in the data folder's own scratch file, so that it never reaches the
//! folder of the backups, not even for a moment. A backup has its name only when it is whole, on disk, and
//! was read from end to end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::backup::{Backup as Copying, StepResult};

use crate::access;
use crate::connection::{open_beside, open_scratch};
use crate::fault::Fault;
use crate::migrations::{self, Schema};
use crate::office_id::{self, OfficeId};
use crate::tables::notes;
use crate::verify::{Verified, verify_file};
use crate::{StoreError, folder};

/// The beginning and the end of a backup's name; between them stand whose it is and when it was made.
const PREFIX: &str = "aufruf-";
const SUFFIX: &str = ".db";
const TIME: &str = "%Y-%m-%dT%H%M%SZ";
/// What is not whole yet ends so.
const PARTIAL: &str = ".partial";
/// What lies beside a backup where somebody asked for it: encrypted, and none of the store's business but that it
/// goes with the backup.
const SECRETS: &str = ".secrets";
/// The first schema with notes.
const NOTES_SINCE: u32 = 2;
/// How many pages a step copies: all of them.
const WHOLE: i32 = -1;

/// A backup, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupFile {
    pub made_at: Timestamp,
    pub file: PathBuf,
    /// None of one that a program made which knew no offices.
    pub office: Option<OfficeId>,
}

/// What was backed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub file: PathBuf,
    pub bytes: u64,
    pub held: Verified,
}

/// Writes a backup of the data folder `dir` into `folder`, under a name that tells the time. Works
/// beside a running server, which goes on meanwhile; one backup of a data folder at a time. Blocks.
///
/// # Errors
/// Names the folder or file that could not be written, and `Damaged` where the data cannot be read from
/// end to end: such a backup is not kept.
pub fn back_up(dir: &Path, folder: &Path, at: Timestamp) -> Result<BackedUp, StoreError> {
    let database = folder::database(dir);
    let _alone = folder::lock_for_backup(dir)?;
    fs::create_dir_all(folder).map_err(failed("making the folder of the backups", folder))?;
    let scratch = folder::scratch(dir);
    remove_leftover(&scratch)?;
    let written = copy(&database, &scratch).and_then(|office| {
        let file = folder.join(name(office, at));
        write_out(&scratch, &with_end(&file, PARTIAL)).map(|()| file)
    });
    // Whatever happened, the copy goes.
    let removed = remove_leftover(&scratch);
    let file = written?;
    let partial = with_end(&file, PARTIAL);
    let checked = removed
        .and_then(|()| sync(&partial))
        .and_then(|()| verify_file(&partial));
    let held = checked.inspect_err(|_| drop(fs::remove_file(&partial)))?;
    fs::rename(&partial, &file).map_err(failed("naming the backup", &file))?;
    sync(folder)?;
    let bytes = fs::metadata(&file)
        .map_err(failed("looking at the backup", &file))?
        .len();
    Ok(BackedUp { file, bytes, held })
}

/// The backups in `folder`, the oldest first. Other files are none of ours. None where there is no such
/// folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups_in(folder: &Path) -> Result<Vec<BackupFile>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("reading the folder of the backups", folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let file = entry
            .map_err(failed("reading the folder of the backups", folder))?
            .path();
        found.extend(named(file));
    }
    found.sort_unstable();
    Ok(found)
}

/// Those of one office, the oldest first.
///
/// # Errors
/// As [`backups_in`].
pub fn backups_of(folder: &Path, office: OfficeId) -> Result<Vec<BackupFile>, StoreError> {
    let mut found = backups_in(folder)?;
    found.retain(|backup| backup.office == Some(office));
    Ok(found)
}

/// Where the secrets of a backup lie, if it has any.
pub fn secrets_of(backup: &Path) -> PathBuf {
    with_end(backup, SECRETS)
}

/// Deletes all but `keep` backups of one office in `folder`, the oldest first, each with its secrets, and says which.
/// The one that was just `made` says whose, and stays, whatever the clock says of its age.
///
/// # Errors
/// When the folder cannot be read, or a file cannot be deleted.
pub fn rotate(folder: &Path, keep: usize, made: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let office = named(made.to_owned()).and_then(|made| made.office);
    let mut found = backups_in(folder)?;
    found.retain(|backup| backup.office == office && backup.file != made);
    let others = keep.saturating_sub(1);
    found.truncate(found.len().saturating_sub(others));
    let delete = |file: &Path| match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("deleting the old backup", file)(error))
        }
        _ => Ok(()),
    };
    let old = found.into_iter().map(|backup| {
        delete(&secrets_of(&backup.file))?;
        delete(&backup.file)?;
        Ok(backup.file)
    });
    old.collect()
}

fn name(office: Option<OfficeId>, at: Timestamp) -> String {
    let office = office.map_or_else(String::new, |office| format!("{office}-"));
    format!("{PREFIX}{office}{}{SUFFIX}", at.strftime(TIME))
}

/// The office that a file's name says, be it a backup, its secrets or what is not whole yet.
pub(crate) fn named_office(file: &Path) -> Option<OfficeId> {
    let name = file.file_name()?.to_str()?;
    let (office, _) = name.strip_prefix(PREFIX)?.split_once('-')?;
    OfficeId::parse(office)
}

/// The backup with this name; none where it is that of another file.
fn named(file: PathBuf) -> Option<BackupFile> {
    let name = file.file_name()?.to_str()?;
    let middle = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let first = middle.split_once('-');
    let office = first.and_then(|(office, time)| Some((OfficeId::parse(office)?, time)));
    let (office, time) = office.map_or((None, middle), |(office, time)| (Some(office), time));
    let civil = jiff::civil::DateTime::strptime(TIME, time).ok()?;
    let made_at = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(BackupFile {
        made_at,
        file,
        office,
    })
}

/// Copies a database with what is in its log.
pub(crate) fn copy_whole(from: &Path, to: &Path) -> Result<(), StoreError> {
    copy_pages(from, to).map(drop)
}

/// One step: the writer goes on beside it, and what it commits meanwhile is not in the copy.
fn copy_pages(database: &Path, scratch: &Path) -> Result<Connection, StoreError> {
    let source = open_beside(database)?;
    let reading =
        |error: rusqlite::Error| Fault::during("copying the database", database)(error.into());
    let mut target = open_scratch(scratch).map_err(reading)?;
    {
        let copying = Copying::new(&source, &mut target).map_err(reading)?;
        let done = copying.step(WHOLE).map_err(reading)?;
        if done != StepResult::Done {
            return Err(StoreError::BackupBusy {
                file: database.to_owned(),
            });
        }
    }
    Ok(target)
}

/// What may go into a backup, and whose it is.
fn copy(database: &Path, scratch: &Path) -> Result<Option<OfficeId>, StoreError> {
    let target = copy_pages(database, scratch)?;
    let schema = match migrations::look(&target, database)? {
        Schema::Behind { version } => version,
        Schema::Current => migrations::newest(),
    };
    let reading =
        |error: rusqlite::Error| Fault::during("copying the database", database)(error.into());
    forget_people(&target, schema).map_err(reading)?;
    office_id::in_database(&target, database)
}

/// Notes about people, and what somebody could come in with.
fn forget_people(copy: &Connection, schema: u32) -> rusqlite::Result<()> {
    // The settings go with the pages that were copied: only now they are the copy's own.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA secure_delete = ON;")?;
    if schema >= NOTES_SINCE {
        notes::delete_all(copy)?;
    }
    access::forget_secrets(copy, schema)
}

/// Only what is in use is written, page by page: nothing that was deleted comes along.
fn write_out(scratch: &Path, partial: &Path) -> Result<(), StoreError> {
    let writing =
        |error: rusqlite::Error| Fault::during("writing the backup", partial)(error.into());
    let copy = open_scratch(scratch).map_err(writing)?;
    let Some(target) = partial.to_str() else {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "the path is no UTF-8 text");
        return Err(failed("writing the backup", partial)(error));
    };
    remove_leftover(partial)?;
    let written = copy.execute("VACUUM INTO ?1", [target]).map_err(writing);
    written
        .map(drop)
        .inspect_err(|_| drop(fs::remove_file(partial)))
}

fn remove_leftover(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("removing what an earlier backup left", file)(error))
        }
        _ => Ok(()),
    }
}

/// Puts a file, or the names in a folder, on disk.
pub(crate) fn sync(path: &Path) -> Result<(), StoreError> {
    let opened = File::open(path).and_then(|file| file.sync_all());
    opened.map_err(failed("putting it on disk", path))
}

pub(crate) fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

pub(crate) fn failed(doing: &'static str, file: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let file = file.to_owned();
    move |source| StoreError::File {
        doing,
        file,
        source,
    }
}
