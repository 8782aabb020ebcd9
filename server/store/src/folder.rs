//! The data folder: the names in it, and the lock that keeps a second server out.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::StoreError;

const DATABASE: &str = "aufruf.db";
const LOCK: &str = "aufruf.lock";
const BACKUP_LOCK: &str = "backup.lock";
/// What a backup is made from, for a moment.
const SCRATCH: &str = "backup.scratch";
/// Where another database is made ready.
const BESIDE: &str = "beside";
/// Is there while another database takes the place of this one.
const MARK: &str = "restoring";
/// Databases that were moved aside lie in folders that begin so.
const ASIDE: &str = "aside-";
/// Only the server's own user reads what visitors said.
const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// The exclusive use of a data folder, until it is dropped or the process ends in any way.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

/// The database file of a data folder.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Makes the folder where it is not there yet.
pub(crate) fn create(folder: &Path) -> Result<(), StoreError> {
    let made = DirBuilder::new()
        .recursive(true)
        .mode(FOLDER_MODE)
        .create(folder);
    made.map_err(|source| StoreError::CreateFolder {
        folder: folder.to_owned(),
        source,
    })
}

/// The copy that a backup is made from.
pub(crate) fn scratch(folder: &Path) -> PathBuf {
    folder.join(SCRATCH)
}

/// Where a database is moved that was in use until `at`.
pub(crate) fn aside(folder: &Path, at: Timestamp) -> PathBuf {
    folder.join(format!("{ASIDE}{}", at.strftime("%Y-%m-%dT%H%M%S%3fZ")))
}

/// Nobody but the server's own user reads it.
pub(crate) fn only_for_us(file: &Path) -> io::Result<()> {
    fs::set_permissions(file, Permissions::from_mode(FILE_MODE))
}

/// Where another database is made ready.
pub(crate) fn beside(folder: &Path) -> PathBuf {
    folder.join(BESIDE)
}

/// Is there while another database takes the place of this one.
pub(crate) fn mark(folder: &Path) -> PathBuf {
    folder.join(MARK)
}

/// The folders in which databases were moved aside, the oldest first by their names.
pub(crate) fn all_aside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) && entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Makes the folder where it is not there yet, to open or make a database in it.
pub(crate) fn enter(folder: &Path) -> Result<(), StoreError> {
    create(folder)?;
    if mark(folder).exists() {
        let folder = folder.to_owned();
        return Err(StoreError::Interrupted { folder });
    }
    Ok(())
}

/// Takes the folder for this process alone.
pub(crate) fn lock(folder: &Path) -> Result<FolderLock, StoreError> {
    let in_use = StoreError::InUse {
        folder: folder.to_owned(),
    };
    lock_by(&folder.join(LOCK), in_use)
}

/// Lets no second backup of this folder be made meanwhile.
pub(crate) fn lock_for_backup(folder: &Path) -> Result<FolderLock, StoreError> {
    let runs = StoreError::BackupRuns {
        folder: folder.to_owned(),
    };
    lock_by(&folder.join(BACKUP_LOCK), runs)
}

fn lock_by(path: &Path, taken: StoreError) -> Result<FolderLock, StoreError> {
    let failed = |source| StoreError::Lock {
        file: path.to_owned(),
        source,
    };
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(FILE_MODE)
        .open(path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(taken),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}
