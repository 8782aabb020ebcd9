//! What the disk is asked for, in one order over all files, and which of it fails.
//!
//! One folder at a time is watched. Nothing of it is ever synced in truth: the power is cut on paper
//! alone, and a sync that is written down costs nothing.

use std::collections::BTreeMap;
use std::ffi::c_int;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::ffi::{SQLITE_FULL, SQLITE_OK};

use crate::vfs;

/// A file as long as it is there; another one of the same name is another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// What the disk did.
#[derive(Debug, Clone)]
pub(crate) enum Done {
    Created {
        file: FileId,
        name: String,
    },
    Deleted {
        name: String,
        names: Names,
    },
    Written {
        file: FileId,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        file: FileId,
        size: usize,
    },
    Synced {
        file: FileId,
        names: Names,
    },
    /// It was asked to sync, and said that it could not.
    NotSynced {
        file: FileId,
    },
}

/// Whether the names in the folder were put on disk with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Synced,
    Left,
}

/// What `SQLite` asks of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Asked<'a> {
    Read,
    Write { at: usize, bytes: &'a [u8] },
    Cut { size: usize },
    Sync { names: Names },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Cut,
    Sync,
    /// Whatever changes the disk.
    Change,
}

/// What fails: so many of a kind in a row after `spared` that go well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) of: Kind,
    /// What `SQLite` is told.
    pub(crate) code: c_int,
    pub(crate) spared: usize,
    pub(crate) times: usize,
}

#[derive(Debug)]
struct Watch {
    /// None while nobody watches.
    folder: Option<String>,
    present: BTreeMap<String, FileId>,
    files: usize,
    done: Vec<Done>,
    fault: Option<Fault>,
    met: usize,
    struck: usize,
}

static WATCH: Mutex<Watch> = Mutex::new(Watch::NOTHING);
/// Tests that share a process come one after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn watch() -> MutexGuard<'static, Watch> {
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The disk, for a test that has it to itself.
#[derive(Debug)]
pub(crate) struct Drive {
    watch: &'static Mutex<Watch>,
    _alone: MutexGuard<'static, ()>,
}

impl Drive {
    pub(crate) fn new() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        vfs::stand_between();
        Self {
            watch: &WATCH,
            _alone: alone,
        }
    }

    /// From now on this folder is watched. What is in it is on the disk for certain.
    pub(crate) fn watches(&self, folder: &Path) {
        let folder = folder.canonicalize().expect("the folder is there");
        let mut watch = self.watch();
        *watch = Watch {
            folder: Some(format!("{}/", folder.display())),
            ..Watch::NOTHING
        };
        let mut found: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder is readable")
            .map(|entry| entry.expect("a file").path())
            .collect();
        found.sort();
        for path in found {
            let bytes = std::fs::read(&path).expect("the file is readable");
            let name = watch
                .name(&path.to_string_lossy())
                .expect("it is in the folder");
            watch.finds(name, bytes);
        }
    }

    /// How much the disk has done.
    pub(crate) fn moment(&self) -> usize {
        self.watch().done.len()
    }

    /// Ends the watch; all that the disk has done.
    pub(crate) fn looks_away(&self) -> Vec<Done> {
        let mut watch = self.watch();
        watch.folder = None;
        watch.fault = None;
        std::mem::take(&mut watch.done)
    }

    pub(crate) fn fails(&self, fault: Fault) {
        let mut watch = self.watch();
        (watch.fault, watch.met, watch.struck) = (Some(fault), 0, 0);
    }

    /// Whether the fault is not over yet.
    pub(crate) fn is_failing(&self) -> bool {
        let watch = self.watch();
        watch.fault.is_some_and(|fault| watch.struck < fault.times)
    }

    /// The fault is over; says how often something failed.
    pub(crate) fn heals(&self) -> usize {
        let mut watch = self.watch();
        watch.fault = None;
        watch.struck
    }

    fn watch(&self) -> MutexGuard<'static, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        self.looks_away();
    }
}

/// A file is opened by its whole path. None where it is not watched.
pub(crate) fn opens(path: &str, open: impl FnOnce() -> c_int) -> (c_int, Option<FileId>) {
    let mut watch = watch();
    let name = watch.name(path);
    let code = open();
    let Some(name) = name.filter(|_| code == SQLITE_OK) else {
        return (code, None);
    };
    if let Some(file) = watch.present.get(&name) {
        return (code, Some(*file));
    }
    let file = watch.creates(name);
    (code, Some(file))
}

pub(crate) fn deletes(path: &str, names: Names, delete: impl FnOnce() -> c_int) -> c_int {
    let mut watch = watch();
    let name = watch.name(path);
    let code = delete();
    if let Some(name) = name.filter(|_| code == SQLITE_OK) {
        watch.present.remove(&name);
        watch.done.push(Done::Deleted { name, names });
    }
    code
}

/// `ask` asks the real disk; of a write so many bytes.
pub(crate) fn asks(file: FileId, asked: Asked<'_>, ask: impl FnOnce(usize) -> c_int) -> c_int {
    let mut watch = watch();
    let failed = watch.strikes(asked);
    let (asked, code) = match (asked, failed) {
        (Asked::Write { at, bytes }, Some(SQLITE_FULL)) => {
            // A disk that runs full takes what it has room for.
            let bytes = &bytes[..bytes.len() / 2];
            ask(bytes.len());
            (Asked::Write { at, bytes }, SQLITE_FULL)
        }
        (Asked::Sync { .. }, Some(code)) => {
            watch.done.push(Done::NotSynced { file });
            return code;
        }
        (_, Some(code)) => return code,
        (Asked::Write { bytes, .. }, None) => match ask(bytes.len()) {
            SQLITE_OK => (asked, SQLITE_OK),
            code => return code,
        },
        (_, None) => match ask(0) {
            SQLITE_OK => (asked, SQLITE_OK),
            code => return code,
        },
    };
    if watch.folder.is_some() {
        watch.done.extend(asked.done(file));
    }
    code
}

impl Watch {
    const NOTHING: Self = Self {
        folder: None,
        present: BTreeMap::new(),
        files: 0,
        done: Vec::new(),
        fault: None,
        met: 0,
        struck: 0,
    };

    fn creates(&mut self, name: String) -> FileId {
        let file = FileId(self.files);
        self.files += 1;
        self.present.insert(name.clone(), file);
        self.done.push(Done::Created { file, name });
        file
    }

    /// A file that is there, all of it synced.
    fn finds(&mut self, name: String, bytes: Vec<u8>) {
        let file = self.creates(name);
        let names = Names::Synced;
        let written = Done::Written { file, at: 0, bytes };
        self.done.extend([written, Done::Synced { file, names }]);
    }

    /// The file's name in the folder that is watched.
    fn name(&self, path: &str) -> Option<String> {
        let name = path.strip_prefix(self.folder.as_deref()?)?;
        Some(name.to_owned())
    }

    /// What is told where this fails.
    fn strikes(&mut self, asked: Asked<'_>) -> Option<c_int> {
        let fault = self.fault.filter(|fault| asked.is(fault.of))?;
        self.met += 1;
        if self.met <= fault.spared || self.struck >= fault.times {
            return None;
        }
        self.struck += 1;
        Some(fault.code)
    }
}

impl Asked<'_> {
    fn is(self, kind: Kind) -> bool {
        match self {
            Self::Read => kind == Kind::Read,
            Self::Write { .. } => matches!(kind, Kind::Write | Kind::Change),
            Self::Cut { .. } => matches!(kind, Kind::Cut | Kind::Change),
            Self::Sync { .. } => matches!(kind, Kind::Sync | Kind::Change),
        }
    }

    fn done(self, file: FileId) -> Option<Done> {
        match self {
            Self::Read => None,
            Self::Write { at, bytes } => {
                let bytes = bytes.to_vec();
                Some(Done::Written { file, at, bytes })
            }
            Self::Cut { size } => Some(Done::Cut { file, size }),
            Self::Sync { names } => Some(Done::Synced { file, names }),
        }
    }
}
