//! A secret in a file of its own. Read when it is needed, so that a new one holds at once and none stays in memory;
//! refused where people may read it whom it is none of their business.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// LIMIT: bytes of a secret.
const BYTES: u64 = 4_096;

/// Who may read such a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Also a group: that is how secrets are handed to services.
    OwnerAndGroup,
}

/// Why there is no secret. Says nothing of it.
#[derive(Debug, Error)]
pub enum SecretFault {
    #[error("cannot read {}: {source}", path.display())]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("everybody on this box may read or change {}: set its mode to 0640 or 0600", path.display())]
    OpenToAll { path: PathBuf },
    #[error("others may read or change {}: set its mode to 0600", path.display())]
    OpenToOthers { path: PathBuf },
    #[error("{} is empty", path.display())]
    Empty { path: PathBuf },
}

/// Reads the secret. A line break at its end is none of it.
///
/// # Errors
/// When the file cannot be read, is empty, or may be read or changed by anybody else. Blocks.
pub fn read_secret(path: &Path, readers: Readers) -> Result<String, SecretFault> {
    let named = || path.to_owned();
    let cannot = |source| SecretFault::Read {
        path: named(),
        source,
    };
    let file = File::open(path).map_err(cannot)?;
    let mode = file.metadata().map_err(cannot)?.permissions().mode();
    match readers {
        Readers::Owner if mode & 0o077 != 0 => {
            return Err(SecretFault::OpenToOthers { path: named() });
        }
        Readers::OwnerAndGroup if mode & 0o007 != 0 => {
            return Err(SecretFault::OpenToAll { path: named() });
        }
        Readers::Owner | Readers::OwnerAndGroup => {}
    }
    let mut secret = String::new();
    file.take(BYTES)
        .read_to_string(&mut secret)
        .map_err(cannot)?;
    let secret = secret.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(SecretFault::Empty { path: named() });
    }
    Ok(secret.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn reads(text: &str, mode: u32, readers: Readers) -> Result<String, String> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), text).expect("written");
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).expect("set");
        read_secret(file.path(), readers).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_secret_that_everybody_may_read_is_none() {
        let group = Readers::OwnerAndGroup;
        assert_eq!(reads("geheim\n", 0o640, group), Ok("geheim".to_owned()));
        for mode in [0o644, 0o602, 0o666] {
            let fault = reads("geheim\n", mode, group).expect_err("refused");
            assert!(
                fault.contains("0640") && !fault.contains("geheim"),
                "{fault}"
            );
        }
        assert!(reads("\n", 0o600, group).is_err());
    }

    #[test]
    fn a_secret_of_its_owner_is_read_by_no_group() {
        assert_eq!(
            reads("geheim", 0o600, Readers::Owner),
            Ok("geheim".to_owned())
        );
        for mode in [0o640, 0o620, 0o604] {
            let fault = reads("geheim", mode, Readers::Owner).expect_err("refused");
            assert!(fault.contains("0600"), "{fault}");
        }
    }
}
