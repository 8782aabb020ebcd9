//! The secrets of hooks, read when they are needed.

use std::path::Path;

use super::SendFault;
use crate::secret_file::{Readers, read_secret};

/// Reads the secret.
///
/// # Errors
/// When the file cannot be read, is empty, or may be read by everybody on the box.
pub(super) async fn read(path: &Path) -> Result<String, SendFault> {
    let path = path.to_owned();
    let read = move || {
        let secret = read_secret(&path, Readers::OwnerAndGroup);
        secret.map_err(|fault| SendFault::new(fault.to_string()))
    };
    let read = tokio::task::spawn_blocking(read).await;
    read.unwrap_or_else(|fault| Err(SendFault::new(fault.to_string())))
}
