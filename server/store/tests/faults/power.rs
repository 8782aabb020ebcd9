//! The disks that a loss of power can leave behind.
//!
//! What was synced is there. Of what a file was asked for since, each write may have reached the disk or
//! not, in any order, and one may have reached it in part; names in the folder change in order. After a
//! sync that failed, what it was about is on the disk by now or never will be: no later sync repeats it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::chance::Chance;
use crate::watch::{Done, FileId, Names};

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// What becomes of that which was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsynced {
    Lost,
    Kept,
    /// Some of it is there, whole writes.
    Some,
    /// As `Some`, and of the last write only some sectors.
    Torn,
}

impl Unsynced {
    pub(crate) const ALL: [Self; 4] = [Self::Lost, Self::Kept, Self::Some, Self::Torn];
}

/// A disk with what is on it for certain, and what may be.
#[derive(Debug, Default)]
pub(crate) struct Platter {
    files: BTreeMap<FileId, File>,
    names: BTreeMap<String, FileId>,
    /// In order; each only after the one before.
    renamed: Vec<Naming>,
}

#[derive(Debug, Default)]
struct File {
    synced: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Cut { size: usize },
}

#[derive(Debug, Clone)]
enum Naming {
    Add(String, FileId),
    Remove(String),
}

impl Platter {
    /// The next thing that the disk did. `chance` decides what a failed sync has put on it.
    pub(crate) fn does(&mut self, done: &Done, chance: &mut Chance) {
        match done {
            Done::Created { file, name } => {
                self.files.insert(*file, File::default());
                self.renamed.push(Naming::Add(name.clone(), *file));
            }
            Done::Deleted { name, names } => {
                self.renamed.push(Naming::Remove(name.clone()));
                self.sync_names(*names);
            }
            Done::Written { file, at, bytes } => {
                let (at, bytes) = (*at, bytes.clone());
                self.file(*file).since.push(Change::Write { at, bytes });
            }
            Done::Cut { file, size } => self.file(*file).since.push(Change::Cut { size: *size }),
            Done::Synced { file, names } => {
                let file = self.file(*file);
                let since = std::mem::take(&mut file.since);
                for change in since {
                    change.reach(&mut file.synced);
                }
                self.sync_names(*names);
            }
            Done::NotSynced { file } => {
                let file = self.file(*file);
                let mut since = std::mem::take(&mut file.since);
                since.retain(|_| chance.toss());
                for change in since {
                    change.reach(&mut file.synced);
                }
            }
        }
    }

    /// Writes into an empty folder what is there after a loss of power now.
    pub(crate) fn write_out(&self, unsynced: Unsynced, chance: &mut Chance, folder: &Path) {
        let reached = match unsynced {
            Unsynced::Lost => 0,
            Unsynced::Kept => self.renamed.len(),
            Unsynced::Some | Unsynced::Torn => chance.below(self.renamed.len() + 1),
        };
        let mut names = self.names.clone();
        for naming in &self.renamed[..reached] {
            naming.reach(&mut names);
        }
        for (name, file) in names {
            let bytes = self.files[&file].after_loss(unsynced, chance);
            std::fs::write(folder.join(name), bytes).expect("the file is written");
        }
    }

    fn file(&mut self, file: FileId) -> &mut File {
        self.files.get_mut(&file).expect("a file is created first")
    }

    fn sync_names(&mut self, names: Names) {
        if names == Names::Synced {
            for naming in self.renamed.drain(..) {
                naming.reach(&mut self.names);
            }
        }
    }
}

impl File {
    fn after_loss(&self, unsynced: Unsynced, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        let kept = |_: &&Change| match unsynced {
            Unsynced::Lost => false,
            Unsynced::Kept => true,
            Unsynced::Some | Unsynced::Torn => chance.toss(),
        };
        let mut reached: Vec<&Change> = self.since.iter().filter(kept).collect();
        let torn = (unsynced == Unsynced::Torn)
            .then(|| reached.pop())
            .flatten();
        for change in reached {
            change.reach(&mut bytes);
        }
        if let Some(torn) = torn {
            torn.reach_in_part(&mut bytes, chance);
        }
        bytes
    }
}

impl Change {
    fn reach(&self, file: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => put(file, *at, bytes),
            Self::Cut { size } => file.resize(*size, 0),
        }
    }

    /// Some of the sectors that it touches, in any order.
    fn reach_in_part(&self, file: &mut Vec<u8>, chance: &mut Chance) {
        let Self::Write { at, bytes } = self else {
            return;
        };
        let mut from = 0;
        while from < bytes.len() {
            let to = bytes.len().min(from + SECTOR - (at + from) % SECTOR);
            if chance.toss() {
                put(file, at + from, &bytes[from..to]);
            }
            from = to;
        }
    }
}

impl Naming {
    fn reach(&self, names: &mut BTreeMap<String, FileId>) {
        match self {
            Self::Add(name, file) => names.insert(name.clone(), *file),
            Self::Remove(name) => names.remove(name),
        };
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[at..end].copy_from_slice(bytes);
}
