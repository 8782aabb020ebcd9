//! Whom a device believes to be its server: who has a certificate of the one pinned authority. The name in it is the
//! one in the address, or the one that every office's own authority gives, so that the server may stand anywhere.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use aufruf_protocol::latest::SERVER_NAME;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use sha2::{Digest, Sha256};

use super::WayError;
use super::identity::hex;
use crate::durable::{self, DurableError};

const PINNED: &str = "authority.der";

/// The authority that is believed.
#[derive(Debug)]
pub(super) struct Trust {
    /// Where it is kept; none where the device's file says whom to believe.
    kept: Option<PathBuf>,
    verifier: Arc<Verifier>,
}

impl Trust {
    /// The authority of the device's file, if any.
    pub(super) fn pinned(authority: Option<CertificateDer<'static>>) -> Self {
        Self {
            kept: None,
            verifier: Arc::new(Verifier::of(authority, Belief::Pinned)),
        }
    }

    /// The authority of the device's file, else the one that was pinned.
    pub(super) fn kept_in(
        folder: &Path,
        brought: Option<CertificateDer<'static>>,
    ) -> Result<Self, DurableError> {
        if brought.is_some() {
            return Ok(Self::pinned(brought));
        }
        let path = folder.join(PINNED);
        let pinned = durable::read(&path)?.map(CertificateDer::from);
        Ok(Self {
            kept: Some(path),
            ..Self::pinned(pinned)
        })
    }

    pub(super) fn is_pinned(&self) -> bool {
        self.verifier.authority().is_some()
    }

    /// SHA-256 of the pinned authority, as hex.
    pub(super) fn pinned_sha256(&self) -> Option<String> {
        self.verifier.authority().as_ref().map(sha256)
    }

    /// Believes this authority from now on.
    pub(super) fn pin(&self, authority: CertificateDer<'static>) -> Result<(), DurableError> {
        if let Some(path) = &self.kept {
            durable::write(path, &authority)?;
        }
        self.verifier.set_authority(authority);
        Ok(())
    }

    /// For lines to the server.
    pub(super) fn client_config(&self) -> ClientConfig {
        config(Arc::clone(&self.verifier))
    }
}

/// Meets a server that nothing is known of, and remembers which authority it showed.
#[derive(Debug)]
pub(super) struct Meeting(Arc<Verifier>);

impl Meeting {
    pub(super) fn begin() -> Self {
        Self(Arc::new(Verifier::of(None, Belief::Whoever)))
    }

    pub(super) fn client_config(&self) -> ClientConfig {
        config(Arc::clone(&self.0))
    }

    /// The authority of the last line.
    pub(super) fn authority(&self) -> Option<CertificateDer<'static>> {
        self.0.authority()
    }
}

/// SHA-256 of a certificate, as hex.
pub(super) fn sha256(certificate: &CertificateDer<'_>) -> String {
    hex(&Sha256::digest(certificate))
}

/// Reads the authority of a device's file.
pub(super) fn read_pem(path: &Path) -> Result<CertificateDer<'static>, WayError> {
    CertificateDer::from_pem_file(path).map_err(|_| WayError::Authority {
        path: path.to_owned(),
    })
}

fn config(verifier: Arc<Verifier>) -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows the default versions")
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}

#[derive(Debug)]
struct Verifier {
    /// Pinned, or seen last.
    authority: RwLock<Option<CertificateDer<'static>>>,
    belief: Belief,
    provider: CryptoProvider,
}

/// Whose certificates are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belief {
    /// The authority's alone.
    Pinned,
    /// Every chain that is sound in itself: until somebody approves the device.
    Whoever,
}

impl Verifier {
    fn of(authority: Option<CertificateDer<'static>>, belief: Belief) -> Self {
        Self {
            authority: RwLock::new(authority),
            belief,
            provider: ring::default_provider(),
        }
    }

    fn authority(&self) -> Option<CertificateDer<'static>> {
        let authority = self.authority.read();
        authority.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_authority(&self, authority: CertificateDer<'static>) {
        let known = self.authority.write();
        *known.unwrap_or_else(PoisonError::into_inner) = Some(authority);
    }
}

/// A certificate that the authority signed, that holds now, and that names the server.
fn verify(
    provider: &CryptoProvider,
    authority: CertificateDer<'static>,
    (end_entity, others): (&CertificateDer<'_>, &[CertificateDer<'_>]),
    name: &ServerName<'_>,
    now: UnixTime,
) -> Result<ServerCertVerified, Error> {
    let mut roots = RootCertStore::empty();
    roots.add(authority)?;
    let certificate = ParsedCertificate::try_from(end_entity)?;
    let algorithms = provider.signature_verification_algorithms.all;
    verify_server_cert_signed_by_trust_anchor(&certificate, &roots, others, now, algorithms)?;
    let everywhere = ServerName::try_from(SERVER_NAME).expect("a constant name");
    verify_server_name(&certificate, name)
        .or_else(|told| verify_server_name(&certificate, &everywhere).map_err(|_| told))?;
    Ok(ServerCertVerified::assertion())
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let authority = match self.belief {
            Belief::Pinned => self.authority().ok_or(unknown)?,
            Belief::Whoever => intermediates
                .last()
                .unwrap_or(end_entity)
                .clone()
                .into_owned(),
        };
        let shown = (end_entity, intermediates);
        let verified = verify(&self.provider, authority.clone(), shown, server_name, now)?;
        if self.belief == Belief::Whoever {
            self.set_authority(authority);
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}
