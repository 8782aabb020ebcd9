//! A secret in a file of its own. Read when it is needed, so that a new one holds at once and none stays in memory.

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::SendFault;

/// LIMIT: bytes of a secret.
const BYTES: u64 = 4_096;
/// What everybody on the box may do with a file.
const OTHERS: u32 = 0o007;

/// Reads the secret. A line break at its end is none of it.
///
/// # Errors
/// When the file cannot be read, is empty, or may be read by everybody on the box.
pub(super) async fn read(path: &Path) -> Result<String, SendFault> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || read_now(&path));
    read.await
        .unwrap_or_else(|fault| Err(SendFault::new(fault.to_string())))
}

fn read_now(path: &PathBuf) -> Result<String, SendFault> {
    let shown = path.display();
    let cannot = |fault: std::io::Error| SendFault::new(format!("cannot read {shown}: {fault}"));
    let file = fs::File::open(path).map_err(cannot)?;
    let mode = file.metadata().map_err(cannot)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(SendFault::new(format!(
            "everybody on this box may read or change {shown}: set its mode to 0640 or 0600"
        )));
    }
    let mut secret = String::new();
    file.take(BYTES)
        .read_to_string(&mut secret)
        .map_err(cannot)?;
    let secret = secret.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(SendFault::new(format!("{shown} is empty")));
    }
    Ok(secret.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, mode: u32) -> Result<String, SendFault> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), text).expect("written");
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).expect("set");
        read_now(&file.path().to_owned())
    }

    #[test]
    fn a_secret_that_everybody_may_read_is_none() {
        assert_eq!(reads("geheim\n", 0o640), Ok("geheim".to_owned()));
        for mode in [0o644, 0o602, 0o666] {
            let fault = reads("geheim\n", mode).expect_err("refused").to_string();
            assert!(
                fault.contains("0640") && !fault.contains("geheim"),
                "{fault}"
            );
        }
        assert!(reads("\n", 0o600).is_err());
    }
}
