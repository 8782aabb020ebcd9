//! The certificate by which devices and browsers know the server: made by the office's own authority, or brought by
//! IT. Devices pin the last certificate of the chain when they are paired.
//!
//! ```text
//! data_dir/tls/authority.pem, authority.key     made once; every device pins it
//!              server.pem, server.key           made anew when it ends soon, or when the names change
//! ```

mod brought;
mod own;

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rustls::ServerConfig as RustlsConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::clock::Clock;
use crate::config::TlsConfig;
use crate::health::{Health, Part};
use crate::ids::hex;

pub(crate) use own::host_name;
pub use own::{AUTHORITY, AUTHORITY_KEY, TLS_FOLDER};

/// How often it is looked whether a certificate ends soon or was replaced.
const LOOK_EVERY: Duration = Duration::from_mins(10);
/// IT has this long to bring a newer one.
const TOLD_BEFORE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why nobody can be proven anything.
#[derive(Debug, Error)]
pub enum TlsFault {
    #[error("cannot read {}; look whether it is there and belongs to the server's user", path.display())]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot write {}", path.display())]
    Write {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{} is no certificate or key in PEM ({why})", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error(
        "{} is not the key of the certificate in {}; name the two that belong together",
        key.display(),
        certificate.display()
    )]
    OtherKey { certificate: PathBuf, key: PathBuf },
    #[error("the certificate in {} ended on {ended}; bring a newer one", path.display())]
    Ended { path: PathBuf, ended: Timestamp },
    #[error("no certificate could be made")]
    Make {
        #[source]
        source: rcgen::Error,
    },
    #[error(
        "{} shows another authority than devices were paired with, so the old certificate stays in use: bring one of the same authority, or start the server anew and pair all devices anew",
        path.display()
    )]
    OtherAuthority { path: PathBuf },
    #[error(
        "{} is gone, and every device believes it alone: bring it back (`aufruf-server restore --secrets`, or a copy), or move {} away to begin with another authority and pair all devices anew",
        path.display(), key.display()
    )]
    Lost { path: PathBuf, key: PathBuf },
    #[error("others can read {}: chmod 600 it", path.display())]
    Open { path: PathBuf },
}

/// The certificate in use. Cheap to clone; all clones show the same.
#[derive(Debug, Clone)]
pub struct Certificates {
    config: TlsConfig,
    data_dir: PathBuf,
    shown: Arc<Shown>,
}

/// What callers are shown from now on.
#[derive(Debug)]
struct Shown(RwLock<Chain>);

/// A certificate with those above it, and its key.
#[derive(Debug, Clone)]
struct Chain {
    key: Arc<CertifiedKey>,
    ends: Timestamp,
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.chain().key))
    }
}

impl Shown {
    fn chain(&self) -> Chain {
        let shown = self.0.read();
        shown
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}

impl Certificates {
    /// Reads what IT brought, or makes what is missing or ends soon.
    ///
    /// # Errors
    /// Which file cannot be used, and what to do.
    pub fn open(config: &TlsConfig, data_dir: &Path, now: Timestamp) -> Result<Self, TlsFault> {
        let chain = chain(config, data_dir, now)?;
        Ok(Self {
            config: config.clone(),
            data_dir: data_dir.to_owned(),
            shown: Arc::new(Shown(RwLock::new(chain))),
        })
    }

    /// Looks again: a certificate that ends soon is made anew, one that IT replaced is taken. Open lines stay.
    ///
    /// # Errors
    /// As in [`Certificates::open`]; the present one stays in use.
    pub fn renew(&self, now: Timestamp) -> Result<(), TlsFault> {
        let chain = chain(&self.config, &self.data_dir, now)?;
        if chain.key.cert.last() != self.shown.chain().key.cert.last() {
            let path = self.config.certificate.clone();
            let path = path.unwrap_or_else(|| self.data_dir.join(TLS_FOLDER).join(AUTHORITY));
            return Err(TlsFault::OtherAuthority { path });
        }
        let shown = self.shown.0.write();
        *shown.unwrap_or_else(std::sync::PoisonError::into_inner) = chain;
        Ok(())
    }

    /// Where and how callers are met.
    pub fn config(&self) -> &TlsConfig {
        &self.config
    }

    /// Looks again twice a day, and tells of what ends soon or cannot be used.
    pub async fn keep(self, clock: Arc<dyn Clock>, health: Health, stopping: CancellationToken) {
        let mut due = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = due.tick() => {}
            }
            let (all, now) = (self.clone(), clock.now());
            let renewed = tokio::task::spawn_blocking(move || all.renew(now)).await;
            let fault = match renewed {
                Ok(Err(fault)) => Some(chain_of(&fault)),
                Ok(Ok(())) | Err(_) => self.ends_soon(now),
            };
            health.says(Part::Certificate, fault);
        }
    }

    fn ends_soon(&self, now: Timestamp) -> Option<String> {
        let left = self.ends().duration_since(now);
        (left < TOLD_BEFORE).then(|| {
            let days = left.as_hours() / 24;
            format!("the server's certificate ends in {days} days: IT has to bring a newer one, else no device comes in")
        })
    }

    /// Whether devices know it wherever the server stands: IT's certificates have their own names alone.
    pub fn is_known_anywhere(&self) -> bool {
        self.config.certificate.is_none()
    }

    /// When the present one ends.
    pub fn ends(&self) -> Timestamp {
        self.shown.chain().ends
    }

    /// SHA-256 of what devices pin, as hex: the last certificate of the chain.
    pub fn authority_sha256(&self) -> String {
        let chain = self.shown.chain();
        let last = chain.key.cert.last().map(AsRef::as_ref);
        hex(&Sha256::digest(last.unwrap_or_default()))
    }

    /// Meets callers who speak TLS 1.2 or 1.3.
    pub fn acceptor(&self) -> TlsAcceptor {
        let provider = Arc::new(ring::default_provider());
        let mut config = RustlsConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows the default versions")
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&self.shown) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }
}

fn chain(config: &TlsConfig, data_dir: &Path, now: Timestamp) -> Result<Chain, TlsFault> {
    match (&config.certificate, &config.key) {
        (Some(certificate), Some(key)) => brought::chain(certificate, key, now),
        _ => own::chain(config, data_dir, now),
    }
}

/// Reads a chain and its key, which have to belong together.
fn read_chain(certificate: &Path, key: &Path) -> Result<Chain, TlsFault> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |why: rustls::pki_types::pem::Error| TlsFault::Unreadable {
            path,
            why: why.to_string(),
        }
    };
    let pem = read(certificate)?;
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .map_err(unreadable(certificate))?;
    let Some(first) = certificates.first() else {
        return Err(unreadable(certificate)(
            rustls::pki_types::pem::Error::NoItemsFound,
        ));
    };
    let ends = ends(certificate, first)?;
    let secret = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(unreadable(key))?;
    let made = CertifiedKey::from_der(certificates, secret, &ring::default_provider());
    let made = made.map_err(|_| TlsFault::OtherKey {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
    })?;
    Ok(Chain {
        key: Arc::new(made),
        ends,
    })
}

fn chain_of(fault: &TlsFault) -> String {
    let source = std::error::Error::source(fault).map(|source| format!(": {source}"));
    format!("{fault}{}", source.unwrap_or_default())
}

fn ends(path: &Path, certificate: &CertificateDer<'_>) -> Result<Timestamp, TlsFault> {
    let why = |why: String| TlsFault::Unreadable {
        path: path.to_owned(),
        why,
    };
    let (_, parsed) =
        X509Certificate::from_der(certificate).map_err(|fault| why(fault.to_string()))?;
    let ends = Timestamp::from_second(parsed.validity().not_after.timestamp());
    ends.map_err(|fault| why(fault.to_string()))
}

fn read(path: &Path) -> Result<Vec<u8>, TlsFault> {
    std::fs::read(path).map_err(|source| TlsFault::Read {
        path: path.to_owned(),
        source,
    })
}
