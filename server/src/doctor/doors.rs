//! The server's doors from outside: whether it answers there, and what it shows for a certificate.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest::SERVER_NAME;
use jiff::{SignedDuration, Timestamp};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Finding::{self, Look, Mend, Well};
use crate::config::{ServerConfig, TlsConfig};
use crate::tls::{AUTHORITY_KEY, Certificates, TLS_FOLDER};

/// A program that does not answer by then is not there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// Bytes of an answer that are looked at.
const ANSWER: usize = 1_024;
/// IT has this long to bring a newer certificate; one of the own authority is made anew long before.
const TOLD_BEFORE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Where the own authority puts the server's certificate.
const OWN: &str = "server.pem";

/// The certificate that callers are shown, as it lies on disk.
pub(super) fn certificate(config: &ServerConfig, now: Timestamp) -> Finding {
    let Some(tls) = &config.tls else {
        return Look("devices on other boxes cannot come in: server.toml has no [tls]".to_owned());
    };
    if tls.certificate.is_some() {
        return match Certificates::open(tls, &config.data_dir, now) {
            Ok(brought) => lasts(brought.ends(), now, "IT has to bring a newer one"),
            Err(fault) => Mend(format!("{:#}", anyhow::Error::new(fault))),
        };
    }
    own_certificate(&config.data_dir, now)
}

fn own_certificate(data_dir: &Path, now: Timestamp) -> Finding {
    let folder = data_dir.join(TLS_FOLDER);
    let (file, key) = (folder.join(OWN), folder.join(AUTHORITY_KEY));
    if !file.exists() {
        return Look("the server has no certificate yet: its first start makes one".to_owned());
    }
    match fs::metadata(&key) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            return Mend(format!(
                "others can read {}, and could pretend to be the server: chmod 600 it",
                key.display()
            ));
        }
        Ok(_) => {}
        Err(fault) => {
            return Mend(format!(
                "the key of the office's authority, {}, cannot be looked at ({fault}): restore it from the secrets of a backup, else every device has to be paired anew",
                key.display()
            ));
        }
    }
    let ends = first_in(&file).and_then(|first| {
        let (_, parsed) = X509Certificate::from_der(&first).ok()?;
        Timestamp::from_second(parsed.validity().not_after.timestamp()).ok()
    });
    match ends {
        Some(ends) => lasts(ends, now, "the running server makes a newer one: start it"),
        None => Mend(format!(
            "{} is no certificate: remove it, and start the server, which makes a newer one",
            file.display()
        )),
    }
}

fn lasts(ends: Timestamp, now: Timestamp, what_to_do: &str) -> Finding {
    let left = ends.duration_since(now);
    let days = left.as_hours() / 24;
    if left <= SignedDuration::ZERO {
        Mend(format!(
            "the server's certificate ended on {ends}: {what_to_do}"
        ))
    } else if left < TOLD_BEFORE {
        Mend(format!(
            "the server's certificate ends in {days} days: {what_to_do}"
        ))
    } else {
        Well(format!(
            "the server's certificate lasts for another {days} days"
        ))
    }
}

/// The door for this box.
pub(super) fn server(address: SocketAddr) -> Finding {
    match asked(address) {
        Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
            Well(format!("the server answers at {address} and is ready"))
        }
        Ok(answer) if answer.contains("application/problem+json") => Mend(format!(
            "the server at {address} is not ready: look at journalctl -u aufruf-server"
        )),
        Ok(_) => Mend(format!(
            "another program answers at {address}: stop it, or choose another port"
        )),
        Err(fault) => Look(format!(
            "no server answers at {address} ({fault}): systemctl start aufruf-server"
        )),
    }
}

fn asked(address: SocketAddr) -> io::Result<String> {
    ready(connected(address)?, &address.to_string())
}

/// The door for everybody else.
pub(super) fn encrypted(config: &ServerConfig) -> Option<Finding> {
    let tls = config.tls.as_ref()?;
    let address = reachable(tls.listen);
    let on_disk = first_in(&certificate_file(tls, &config.data_dir));
    Some(match shown_at(address) {
        Ok((_, answer)) if !answer.starts_with("HTTP/1.1 ") => Mend(format!(
            "another program answers at {address}: stop it, or choose another port"
        )),
        Ok((shown, _)) if Some(&shown) != on_disk.as_ref() => Mend(format!(
            "the encrypted door at {address} shows another certificate than the one on disk: systemctl restart aufruf-server"
        )),
        Ok(_) => Well(format!("the encrypted door answers at {address}")),
        Err(fault) => Look(format!(
            "nobody answers at the encrypted door {address} ({fault}): systemctl start aufruf-server"
        )),
    })
}

fn certificate_file(tls: &TlsConfig, data_dir: &Path) -> PathBuf {
    let brought = tls.certificate.clone();
    brought.unwrap_or_else(|| data_dir.join(TLS_FOLDER).join(OWN))
}

/// From this box.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The certificate that a door shows, and what it answers.
fn shown_at(address: SocketAddr) -> io::Result<(CertificateDer<'static>, String)> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Any(provider)))
        .with_no_client_auth();
    let name = ServerName::try_from(SERVER_NAME).map_err(io::Error::other)?;
    let line = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(line, connected(address)?);
    let answer = ready(&mut stream, SERVER_NAME)?;
    let shown = stream.conn.peer_certificates().and_then(<[_]>::first);
    let shown = shown.ok_or_else(|| io::Error::other("it shows no certificate"))?;
    Ok((shown.clone().into_owned(), answer))
}

fn connected(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, ANSWERS_WITHIN)?;
    stream.set_read_timeout(Some(ANSWERS_WITHIN))?;
    stream.set_write_timeout(Some(ANSWERS_WITHIN))?;
    Ok(stream)
}

/// Asks whether the server is ready; the beginning of what it says.
fn ready(mut stream: impl Read + Write, host: &str) -> io::Result<String> {
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = vec![0; ANSWER];
    let read = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
}

fn first_in(file: &Path) -> Option<CertificateDer<'static>> {
    let pem = fs::read(file).ok()?;
    CertificateDer::pem_slice_iter(&pem).next()?.ok()
}

/// Takes whatever is shown: it is compared with the one on disk, and nothing secret is said.
#[derive(Debug)]
struct Any(Arc<CryptoProvider>);

impl ServerCertVerifier for Any {
    fn verify_server_cert(
        &self,
        _shown: &CertificateDer<'_>,
        _above: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, shown, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, shown, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
