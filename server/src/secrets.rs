//! What a backup does not hold, for who asks for it: the hashes by which devices and users come in, and the keys of the
//! office's own authority. In a file beside the backup that only a passphrase opens.

mod sealed;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use aufruf_store::{Access, OfficeId, SecretOf, Secrets, StoreError, office_id_of, secrets_of};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::secret_file::{Readers, SecretFault, read_secret};
use crate::tls::TLS_FOLDER;
pub use sealed::SealFault;

/// LIMIT: characters that a passphrase has at least, and bytes of a file with secrets.
pub const PASSPHRASE_CHARS: usize = 12;
const BYTES: u64 = 16 << 20;
/// The files of the folder with keys that are kept.
const ENDS: [&str; 2] = ["pem", "key"];

/// Why there are no secrets.
#[derive(Debug, Error)]
pub enum SecretsFault {
    #[error(transparent)]
    Passphrase(#[from] SecretFault),
    #[error("the passphrase in {} has less than {PASSPHRASE_CHARS} characters: take a longer one", file.display())]
    Short { file: PathBuf },
    #[error("{} {why}; nothing was changed", file.display())]
    Sealed { file: PathBuf, why: SealFault },
    #[error("{} belongs to another office ({theirs}) than the backup; nothing was changed", file.display())]
    OtherOffice { file: PathBuf, theirs: String },
    #[error("{} is of a program before offices had numbers: make a backup with this one", backup.display())]
    NoOffice { backup: PathBuf },
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A passphrase that is long enough. Not for a log.
#[derive(Clone)]
pub struct Passphrase(String);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}

impl Passphrase {
    /// Reads it from a file of its owner's alone.
    ///
    /// # Errors
    /// When others may read the file, or it holds too little.
    pub fn read(file: &Path) -> Result<Self, SecretsFault> {
        let text = read_secret(file, Readers::Owner)?;
        if text.chars().count() < PASSPHRASE_CHARS {
            let file = file.to_owned();
            return Err(SecretsFault::Short { file });
        }
        Ok(Self(text))
    }
}

/// What is in the file, opened. Not for a log.
pub struct Unsealed {
    file: PathBuf,
    contents: Contents,
}

impl std::fmt::Debug for Unsealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsealed")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Contents {
    office: String,
    devices: Vec<Kept>,
    users: Vec<Kept>,
    files: Vec<KeptFile>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    since: Timestamp,
    hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A certificate or key in PEM.
#[derive(Serialize, Deserialize)]
struct KeptFile {
    name: String,
    text: String,
}

/// Writes the secrets of the data folder beside `backup`, which was just made of it; says where.
///
/// # Errors
/// What could not be read or written. The backup stays as it is.
pub fn seal_beside(
    data_dir: &Path,
    backup: &Path,
    passphrase: &Passphrase,
) -> Result<PathBuf, SecretsFault> {
    let office = office_id_of(backup)?.ok_or_else(|| SecretsFault::NoOffice {
        backup: backup.to_owned(),
    })?;
    let Secrets { devices, users } = Access::of(data_dir)?.secrets()?;
    let contents = Contents {
        office: office.to_string(),
        devices: devices.into_iter().map(Kept::of).collect(),
        users: users.into_iter().map(Kept::of).collect(),
        files: files_of(&data_dir.join(TLS_FOLDER))?,
    };
    let bytes = serde_json::to_vec(&contents).expect("texts and times have a JSON form");
    let file = secrets_of(backup);
    write(&file, &sealed::seal(&passphrase.0, &bytes))?;
    Ok(file)
}

/// Opens the secrets in `file`. Changes nothing.
///
/// # Errors
/// When the file cannot be read, the passphrase is another one, or a byte was changed.
pub fn unseal(file: &Path, passphrase: &Passphrase) -> Result<Unsealed, SecretsFault> {
    let closed = |why| SecretsFault::Sealed {
        file: file.to_owned(),
        why,
    };
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| io::Read::read_to_end(&mut io::Read::take(opened, BYTES), &mut bytes))
        .map_err(|source| SecretsFault::Read {
            path: file.to_owned(),
            source,
        })?;
    let opened = sealed::open(&passphrase.0, &bytes).map_err(closed)?;
    let contents = serde_json::from_slice(&opened);
    Ok(Unsealed {
        file: file.to_owned(),
        contents: contents.map_err(|_| closed(SealFault::NoSecrets))?,
    })
}

impl Unsealed {
    /// Whether it was made for a backup of this office.
    ///
    /// # Errors
    /// `OtherOffice` where it was not.
    pub fn belongs_to(&self, office: Option<OfficeId>) -> Result<(), SecretsFault> {
        let theirs = &self.contents.office;
        if office.is_some_and(|office| office.to_string() == *theirs) {
            return Ok(());
        }
        Err(SecretsFault::OtherOffice {
            file: self.file.clone(),
            theirs: theirs.clone(),
        })
    }

    /// Gives them to the database of `dir`, which no server has, and writes the keys beside it; says how many devices
    /// and users have theirs again.
    ///
    /// # Errors
    /// What could not be written.
    pub fn put_into(&self, dir: &Path) -> Result<usize, SecretsFault> {
        let all = |kept: &[Kept]| kept.iter().map(Kept::to_secret).collect();
        let secrets = Secrets {
            devices: all(&self.contents.devices),
            users: all(&self.contents.users),
        };
        let given = Access::of(dir)?.put_secrets(&secrets)?;
        // Without keys of its own, the folder that is there stays.
        let files = self.contents.files.iter().filter(|file| file.is_plain());
        let folder = dir.join(TLS_FOLDER);
        for file in files {
            let made = DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder);
            made.map_err(|source| SecretsFault::Write {
                path: folder.clone(),
                source,
            })?;
            write(&folder.join(&file.name), file.text.as_bytes())?;
        }
        Ok(given)
    }
}

impl Kept {
    fn of(secret: SecretOf) -> Self {
        let SecretOf {
            id,
            since,
            hash,
            next,
        } = secret;
        Self {
            id,
            since,
            hash,
            next,
        }
    }

    fn to_secret(&self) -> SecretOf {
        SecretOf {
            id: self.id.clone(),
            since: self.since,
            hash: self.hash.clone(),
            next: self.next.clone(),
        }
    }
}

impl KeptFile {
    /// A name that leads nowhere else.
    fn is_plain(&self) -> bool {
        let path = Path::new(&self.name);
        path.file_name()
            .is_some_and(|name| name == path.as_os_str())
            && is_kept(path)
    }
}

fn is_kept(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str());
    end.is_some_and(|end| ENDS.contains(&end))
}

/// None where the office has no authority of its own.
fn files_of(folder: &Path) -> Result<Vec<KeptFile>, SecretsFault> {
    let cannot = |source| SecretsFault::Read {
        path: folder.to_owned(),
        source,
    };
    let entries = match fs::read_dir(folder) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(cannot)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(cannot)?.path();
        if is_kept(&path) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push(KeptFile {
                name: name.into_owned(),
                text: fs::read_to_string(&path)
                    .map_err(|source| SecretsFault::Read { path, source })?,
            });
        }
    }
    Ok(files)
}

/// Writes a file that its owner alone reads, whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), SecretsFault> {
    let mut new = path.as_os_str().to_owned();
    new.push(".partial");
    let new = PathBuf::from(new);
    let write = || -> io::Result<()> {
        // Left over, it may have another mode.
        match fs::remove_file(&new) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => return Err(fault),
            _ => {}
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        path.parent()
            .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    write().map_err(|source| SecretsFault::Write {
        path: path.to_owned(),
        source,
    })
}
