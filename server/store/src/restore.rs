//! Puts a backup in the place of a database that is damaged, lost, or not wanted any more. What was there
//! is moved aside, never deleted.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::backup::{failed, sync, with_end};
use crate::verify::{Verified, verify_file};
use crate::{StoreError, folder};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub held: Verified,
    /// Where the files lie that were there before; none where there were none.
    pub aside: Option<PathBuf>,
}

/// Restores `backup` into the data folder `dir`, which no server may use meanwhile. Blocks.
///
/// # Errors
/// `InUse` while a server has the folder; `NotThere`, `NewerDatabase`, `Foreign` and `Damaged` about the
/// backup: then nothing was changed.
pub fn restore(dir: &Path, backup: &Path, at: Timestamp) -> Result<Restored, StoreError> {
    let held = verify_file(backup)?;
    folder::create(dir)?;
    let _lock = folder::lock(dir)?;
    let database = folder::database(dir);
    let partial = with_end(&database, ".partial");
    fs::copy(backup, &partial).map_err(failed("copying the backup", &partial))?;
    folder::only_for_us(&partial).map_err(failed("closing it for others", &partial))?;
    sync(&partial)?;
    verify_file(&partial)?;
    let aside = move_aside(dir, at)?;
    fs::rename(&partial, &database).map_err(failed("naming the database", &database))?;
    sync(dir)?;
    Ok(Restored { held, aside })
}

/// Moves the database of `dir` aside, so that the office begins with an empty one. No server may use the
/// folder meanwhile.
///
/// # Errors
/// `InUse` while a server has the folder.
pub fn set_aside(dir: &Path, at: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    folder::create(dir)?;
    let _lock = folder::lock(dir)?;
    move_aside(dir, at)
}

fn move_aside(dir: &Path, at: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    let database = folder::database(dir);
    let files = ["", "-wal", "-shm"].map(|end| with_end(&database, end));
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
