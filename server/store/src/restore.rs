//! Puts another database in the place of one that is damaged, lost, or not wanted any more. It is made ready beside
//! it first, and takes its place under the folder's lock; what was there is moved aside, never deleted. Where that is cut
//! off in the middle, a mark in the folder keeps every program from going on with less.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::backup::{copy_whole, failed, sync, with_end};
use crate::verify::{Verified, verify_file};
use crate::{StoreError, access, folder};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub held: Verified,
    pub taken: Taken,
}

/// What became of the data that were there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Where the files lie; none where there were none.
    pub aside: Option<PathBuf>,
    /// How many devices and users came along from them, with their tokens and passwords.
    pub carried: usize,
}

/// Restores `backup` into the data folder `dir`, which no server may use meanwhile. Blocks.
///
/// # Errors
/// `InUse` while a server has the folder; `NotThere`, `NewerDatabase`, `Foreign` and `Damaged` about the
/// backup: then nothing was changed.
pub fn restore(dir: &Path, backup: &Path, at: Timestamp) -> Result<Restored, StoreError> {
    let (_, held) = prepare_from(dir, backup)?;
    let taken = take_over(dir, at)?;
    Ok(Restored { held, taken })
}

/// A folder beside the data, empty, in which another database is made ready.
///
/// # Errors
/// `InUse` while a server has the folder.
pub fn prepare(dir: &Path) -> Result<PathBuf, StoreError> {
    folder::create(dir)?;
    drop(folder::lock(dir)?);
    let beside = folder::beside(dir);
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(failed("removing what was left", &beside))?;
    }
    folder::create(&beside)?;
    Ok(beside)
}

/// The same, with a copy of a backup in it.
///
/// # Errors
/// As [`restore`].
pub fn prepare_from(dir: &Path, backup: &Path) -> Result<(PathBuf, Verified), StoreError> {
    let held = verify_file(backup)?;
    let beside = prepare(dir)?;
    let copy = folder::database(&beside);
    // With what is still in a log beside the backup.
    copy_whole(backup, &copy)?;
    if verify_file(&copy)? != held {
        return Err(StoreError::BackupBusy {
            file: backup.to_owned(),
        });
    }
    Ok((beside, held))
}

/// What was made ready takes the place of the database of `dir`. Devices and users come along with what they
/// come in by, where it can still be read.
///
/// # Errors
/// `InUse` while a server has the folder.
pub fn take_over(dir: &Path, at: Timestamp) -> Result<Taken, StoreError> {
    let _lock = folder::lock(dir)?;
    let (database, beside) = (folder::database(dir), folder::beside(dir));
    let ready = folder::database(&beside);
    let carried = access::carry_over(&database, &ready);
    if with_end(&ready, "-wal").exists() {
        return Err(StoreError::BackupBusy { file: ready });
    }
    folder::only_for_us(&ready).map_err(failed("closing it for others", &ready))?;
    sync(&ready)?;
    let mark = folder::mark(dir);
    File::create(&mark).map_err(failed("marking the folder", &mark))?;
    sync(dir)?;
    let aside = move_aside(dir, at)?;
    fs::rename(&ready, &database).map_err(failed("naming the database", &database))?;
    sync(dir)?;
    fs::remove_file(&mark).map_err(failed("taking the mark away", &mark))?;
    sync(dir)?;
    fs::remove_dir_all(&beside).map_err(failed("removing what was left", &beside))?;
    Ok(Taken { aside, carried })
}

fn move_aside(dir: &Path, at: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    let database = folder::database(dir);
    // The log first: a database without its log is never where somebody finds it alone.
    let files = ["-wal", "-shm", ""].map(|end| with_end(&database, end));
    let there: Vec<&PathBuf> = files.iter().filter(|file| file.exists()).collect();
    if there.is_empty() {
        return Ok(None);
    }
    let aside = folder::aside(dir, at);
    folder::create(&aside)?;
    for file in there {
        let to = aside.join(file.file_name().unwrap_or_default());
        fs::rename(file, &to).map_err(failed("moving it aside", file))?;
    }
    sync(&aside)?;
    sync(dir)?;
    Ok(Some(aside))
}
