//! Puts another database in the place of one that is damaged, lost, or not wanted any more. It is made ready beside
//! it first, and takes its place under the folder's lock; what was there is moved aside, never deleted. Where that is cut
//! off in the middle, a mark in the folder keeps every program from going on with less. The mark names where things
//! were being moved, so that the next attempt finds them there.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::backup::{copy_whole, failed, sync, with_end};
use crate::verify::{Verified, verify_file};
use crate::{StoreError, access, folder};

/// What belongs to a database: its log first, so that one without its log is never where somebody finds it alone.
const ENDS: [&str; 3] = ["-wal", "-shm", ""];

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

/// The database of `dir`; where a restore was cut off after it was moved aside, the one that lies there. None where
/// there is neither.
pub fn database_that_was(dir: &Path) -> Option<PathBuf> {
    let aside = moved_to(dir).map(|aside| folder::database(&aside));
    let candidates = [Some(folder::database(dir)), aside];
    candidates.into_iter().flatten().find(|file| file.exists())
}

/// What was made ready takes the place of the database of `dir`, and each folder that was made ready with it the place
/// of the one with its name. Devices and users come along with what they come in by, where it can still be read, also
/// from where an attempt that was cut off has moved them.
///
/// # Errors
/// `InUse` while a server has the folder.
pub fn take_over(dir: &Path, at: Timestamp) -> Result<Taken, StoreError> {
    let _lock = folder::lock(dir)?;
    let beside = folder::beside(dir);
    let ready = folder::database(&beside);
    put_back(dir)?;
    let was = database_that_was(dir);
    let carried = was.map_or(0, |was| access::carry_over(&was, &ready));
    if with_end(&ready, "-wal").exists() {
        return Err(StoreError::BackupBusy { file: ready });
    }
    folder::only_for_us(&ready).map_err(failed("closing it for others", &ready))?;
    sync(&ready)?;
    let (folders, moving) = (folders_in(&beside)?, folder::aside(dir, at));
    let aside = move_aside(dir, &moving, &folders)?;
    for ready in folders.iter().chain([&ready]) {
        let place = dir.join(ready.file_name().unwrap_or_default());
        fs::rename(ready, &place).map_err(failed("taking its place", &place))?;
    }
    sync(dir)?;
    let mark = folder::mark(dir);
    fs::remove_file(&mark).map_err(failed("taking the mark away", &mark))?;
    sync(dir)?;
    fs::remove_dir_all(&beside).map_err(failed("removing what was left", &beside))?;
    Ok(Taken { aside, carried })
}

/// Where an attempt that was cut off was moving things; none where none was. The mark of an older program names
/// nothing: then it was the last folder with a database.
fn moved_to(dir: &Path) -> Option<PathBuf> {
    let named = fs::read_to_string(folder::mark(dir)).ok()?;
    let mut all = folder::all_aside(dir).ok()?.into_iter();
    if named.is_empty() {
        return all.rfind(|aside| folder::database(aside).exists());
    }
    all.find(|aside| aside.file_name().is_some_and(|name| name == named.as_str()))
}

/// What an attempt that was cut off has moved away and nothing has taken the place of: folders, and the log of a
/// database that is still here.
fn put_back(dir: &Path) -> Result<(), StoreError> {
    let Some(aside) = moved_to(dir) else {
        return Ok(());
    };
    let mut back = folders_in(&aside)?;
    if folder::database(dir).exists() && !folder::database(&aside).exists() {
        // The index of the log is made anew.
        back.push(with_end(&folder::database(&aside), "-wal"));
    }
    for file in back {
        let place = dir.join(file.file_name().unwrap_or_default());
        if file.exists() && !place.exists() {
            fs::rename(&file, &place).map_err(failed("moving it back", &place))?;
        }
    }
    sync(&aside)?;
    sync(dir)
}

fn folders_in(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let looking = || failed("looking into the folder", dir);
    let mut folders = Vec::new();
    for entry in fs::read_dir(dir).map_err(looking())? {
        let path = entry.map_err(looking())?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}

/// Marks the folder, and moves the database to `aside`, with all folders that others with their names take the place of.
fn move_aside(
    dir: &Path,
    aside: &Path,
    folders: &[PathBuf],
) -> Result<Option<PathBuf>, StoreError> {
    let database = folder::database(dir);
    let files = ENDS.map(|end| with_end(&database, end));
    let named = folders.iter().filter_map(|folder| folder.file_name());
    let all = files.into_iter().chain(named.map(|name| dir.join(name)));
    let there: Vec<PathBuf> = all.filter(|file| file.exists()).collect();
    let mark = folder::mark(dir);
    if there.is_empty() {
        // What an earlier attempt has moved is still to be found by its mark.
        if !mark.exists() {
            write_mark(dir, "")?;
        }
        return Ok(None);
    }
    folder::create(aside)?;
    let earlier = moved_to(dir).filter(|earlier| folder::database(earlier).exists());
    // The database is what counts: the mark goes on naming where it lies.
    let name = earlier.as_deref().unwrap_or(aside).file_name();
    write_mark(dir, &name.unwrap_or_default().to_string_lossy())?;
    for file in there {
        let to = aside.join(file.file_name().unwrap_or_default());
        fs::rename(&file, &to).map_err(failed("moving it aside", &file))?;
    }
    sync(aside)?;
    sync(dir)?;
    Ok(Some(aside.to_owned()))
}

/// Whole or not at all: half a name would be that of no folder.
fn write_mark(dir: &Path, aside: &str) -> Result<(), StoreError> {
    let mark = folder::mark(dir);
    let new = with_end(&mark, ".new");
    fs::write(&new, aside).map_err(failed("marking the folder", &new))?;
    sync(&new)?;
    fs::rename(&new, &mark).map_err(failed("marking the folder", &mark))?;
    sync(dir)
}
