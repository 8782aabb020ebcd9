//! Whom to believe on the way out: the office's own authorities from a file, or those of the system.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::SendFault;

/// Where Debian keeps the authorities of the system.
const SYSTEM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The file with the authorities.
pub(super) fn authorities(own: Option<&Path>) -> PathBuf {
    own.unwrap_or_else(|| Path::new(SYSTEM)).to_owned()
}

/// What the file has in it.
///
/// # Errors
/// When it cannot be read.
pub(super) async fn pem(file: PathBuf) -> Result<Vec<u8>, SendFault> {
    tokio::fs::read(&file).await.map_err(|fault| {
        let shown = file.display();
        SendFault::new(format!(
            "cannot read the authorities in {shown}: {fault}; name a file with ca_file"
        ))
    })
}

/// A client that believes exactly these authorities.
///
/// # Errors
/// When there are none.
pub(super) fn client(pem: &[u8]) -> Result<ClientConfig, SendFault> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    let (taken, _odd) = roots.add_parsable_certificates(certificates);
    if taken == 0 {
        return Err(SendFault::new("no certificate stands in the ca_file"));
    }
    with(roots)
}

/// A client that believes nobody: for lines without encryption.
///
/// # Errors
/// Never with the provider that this program has.
pub(super) fn nobody() -> Result<ClientConfig, SendFault> {
    with(RootCertStore::empty())
}

fn with(roots: RootCertStore) -> Result<ClientConfig, SendFault> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|fault| SendFault::new(fault.to_string()))?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
