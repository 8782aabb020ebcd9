//! A certificate that IT brings.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use jiff::Timestamp;

use super::{Chain, TlsFault, read_chain};

/// The chain as it stands in the files now.
pub(super) fn chain(certificate: &Path, key: &Path, now: Timestamp) -> Result<Chain, TlsFault> {
    let found = std::fs::metadata(key).map_err(|source| TlsFault::Read {
        path: key.to_owned(),
        source,
    })?;
    // A group may read it: that is how certificates are handed to services.
    if found.permissions().mode() & 0o007 != 0 {
        return Err(TlsFault::Open {
            path: key.to_owned(),
        });
    }
    let chain = read_chain(certificate, key)?;
    if chain.ends <= now {
        return Err(TlsFault::Ended {
            path: certificate.to_owned(),
            ended: chain.ends,
        });
    }
    Ok(chain)
}
