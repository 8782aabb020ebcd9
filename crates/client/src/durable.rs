//! Small files that survive a power cut: a file is either there in full, as it was last written, or
//! as it was before.
//!
//! A write goes to a temporary file beside the target, is flushed to the disk, takes the target's
//! name, and the folder is flushed too. What a crash leaves behind ends in `.tmp`: [`list`] passes
//! over it and the next write of the same name replaces it. One writer a file; calls block.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

const UNFINISHED: &str = "tmp";

/// Which operation on which file failed.
#[derive(Debug, thiserror::Error)]
pub enum DurableError {
    #[error("cannot make the folder {}", path.display())]
    CreateFolder {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot write {}", path.display())]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot read {}", path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot remove {}", path.display())]
    Remove {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot list the folder {}", path.display())]
    List {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

/// Makes a folder with its parents, if it is not there yet, and makes sure that it stays.
pub fn create_folder(path: &Path) -> Result<(), DurableError> {
    let made = fs::create_dir_all(path).and_then(|()| flush_folder_of(path));
    made.map_err(|source| DurableError::CreateFolder {
        path: path.to_owned(),
        source,
    })
}

/// Writes the whole file. When this returns, its content survives a power cut.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DurableError> {
    write_and_rename(path, bytes, 0o666).map_err(|source| DurableError::Write {
        path: path.to_owned(),
        source,
    })
}

/// As [`write`], and nobody but the program's own user can read the file.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), DurableError> {
    write_and_rename(path, bytes, 0o600).map_err(|source| DurableError::Write {
        path: path.to_owned(),
        source,
    })
}

/// The file's content; `None` if there is no such file.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, DurableError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(DurableError::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Removes the file for good. No such file is no error.
pub fn remove(path: &Path) -> Result<(), DurableError> {
    let removed = match fs::remove_file(path) {
        Ok(()) => flush_folder_of(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    removed.map_err(|source| DurableError::Remove {
        path: path.to_owned(),
        source,
    })
}

/// The finished files of a folder by name; subfolders and leftovers of a crash are passed over.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, DurableError> {
    finished_files(folder).map_err(|source| DurableError::List {
        path: folder.to_owned(),
        source,
    })
}

/// `mode` as the umask leaves it.
fn write_and_rename(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let unfinished = unfinished_name(path)?;
    // One that a crash left may be open to others.
    if let Err(fault) = fs::remove_file(&unfinished)
        && fault.kind() != io::ErrorKind::NotFound
    {
        return Err(fault);
    }
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, path)?;
    flush_folder_of(path)
}

fn unfinished_name(path: &Path) -> io::Result<PathBuf> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
    let mut unfinished = OsString::from(name);
    unfinished.push(".");
    unfinished.push(UNFINISHED);
    Ok(path.with_file_name(unfinished))
}

/// A new or removed name is only sure once its folder is flushed.
fn flush_folder_of(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Ok(()),
    };
    File::open(folder)?.sync_all()
}

fn finished_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let unfinished = path.extension().is_some_and(|ending| ending == UNFINISHED);
        if entry.file_type()?.is_file() && !unfinished {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder for the test")
    }

    #[test]
    fn what_was_written_is_read_and_what_was_removed_is_gone() {
        let folder = folder();
        let path = folder.path().join("job");
        write(&path, b"one").expect("first write");
        write(&path, b"two").expect("second write");
        assert_eq!(read(&path).expect("read"), Some(b"two".to_vec()));
        remove(&path).expect("remove");
        assert_eq!(read(&path).expect("read"), None);
        remove(&path).expect("removing nothing is no error");
    }

    #[test]
    fn a_crash_before_the_rename_leaves_the_old_content_and_an_ignored_leftover() {
        let folder = folder();
        let path = folder.path().join("job");
        write(&path, b"old").expect("write");
        fs::write(unfinished_name(&path).expect("a name"), b"ne").expect("half a write");
        assert_eq!(read(&path).expect("read"), Some(b"old".to_vec()));
        assert_eq!(list(folder.path()).expect("list").len(), 1);
        write(&path, b"new").expect("the next write");
        assert_eq!(read(&path).expect("read"), Some(b"new".to_vec()));
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[test]
    fn a_folder_lists_its_files_by_name_and_nothing_else() {
        let folder = folder();
        create_folder(&folder.path().join("a/b")).expect("folders");
        create_folder(&folder.path().join("a/b")).expect("again");
        for name in ["2", "1"] {
            write(&folder.path().join(name), b"").expect("write");
        }
        let names = list(folder.path()).expect("list");
        assert_eq!(names, [folder.path().join("1"), folder.path().join("2")]);
    }

    #[test]
    fn an_error_names_the_file() {
        let folder = folder();
        let nowhere = folder.path().join("nowhere/job");
        let error = write(&nowhere, b"").expect_err("no such folder");
        assert!(error.to_string().contains("nowhere/job"), "{error}");
    }
}
