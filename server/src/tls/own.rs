//! The office's own authority, and the certificate that it makes for the server.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aufruf_protocol::latest::SERVER_NAME;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use tracing::info;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Chain, TlsFault, read, read_chain};
use crate::config::TlsConfig;

/// Where they lie, in the data folder.
pub const TLS_FOLDER: &str = "tls";
/// What devices pin.
pub const AUTHORITY: &str = "authority.pem";
/// Whoever has it can pretend to be the server.
pub const AUTHORITY_KEY: &str = "authority.key";
/// The key before it has its name.
const MADE_KEY: &str = "authority.key.made";
const SERVER: &str = "server.pem";
const SERVER_KEY: &str = "server.key";

/// A box without a battery starts in the past: what is made there has to hold for everybody else too.
const FROM_YEAR: i32 = 1975;
/// The authority ends with the century: every device would have to be paired anew.
const AUTHORITY_YEAR: i32 = 2099;
const SERVER_DAYS: i64 = 397;
/// What ends so soon is made anew.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is kept, or what has to be made now.
pub(super) fn chain(
    config: &TlsConfig,
    data_dir: &Path,
    now: Timestamp,
) -> Result<Chain, TlsFault> {
    let folder = Folder(data_dir.join(TLS_FOLDER));
    folder.make()?;
    let names = names(config);
    let (certificate, key) = (folder.path(SERVER), folder.path(SERVER_KEY));
    let authority = folder.authority()?;
    // One that cannot be read is as good as none: it is made anew, and devices notice nothing.
    if let Ok(chain) = read_chain(&certificate, &key) {
        let lasts = chain.ends.duration_since(now) > RENEWED_BEFORE;
        let is_ours = chain.key.cert.last().map(AsRef::as_ref) == Some(&authority.der[..]);
        if lasts && is_ours && names_in(&chain) == names {
            return Ok(chain);
        }
    }
    folder.make_server(&authority, &names, now)?;
    info!("a new certificate was made for {}", names.join(", "));
    read_chain(&certificate, &key)
}

/// The folder with the office's keys; nobody else looks into it.
struct Folder(PathBuf);

struct Authority {
    pem: String,
    der: Vec<u8>,
    key: KeyPair,
}

impl Folder {
    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn make(&self) -> Result<(), TlsFault> {
        let made = fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0);
        made.map_err(|source| TlsFault::Write {
            path: self.0.clone(),
            source,
        })
    }

    /// The authority, made where there is none yet. Its key gets its name last: where there is one, devices may
    /// believe the authority, and it is never written over.
    fn authority(&self) -> Result<Authority, TlsFault> {
        let (path, key) = (self.path(AUTHORITY), self.path(AUTHORITY_KEY));
        let made = self.path(MADE_KEY);
        if key.exists() && !path.exists() {
            return Err(TlsFault::Lost { path, key });
        }
        if !key.exists() {
            if !(path.exists() && made.exists()) {
                let (certificate, pair) = new_authority()?;
                remove(&path)?;
                write(&made, pair.serialize_pem().as_bytes())?;
                write(&path, certificate.pem().as_bytes())?;
            }
            let named = fs::rename(&made, &key).and_then(|()| File::open(&self.0)?.sync_all());
            named.map_err(|source| TlsFault::Write {
                path: key.clone(),
                source,
            })?;
            info!("the office's own authority was made");
        }
        let unreadable = |path: &Path, why: String| TlsFault::Unreadable {
            path: path.to_owned(),
            why,
        };
        let text = |path: &Path| {
            String::from_utf8(read(path)?).map_err(|fault| unreadable(path, fault.to_string()))
        };
        let pem = text(&path)?;
        let parsed = x509_parser::pem::parse_x509_pem(pem.as_bytes());
        let (_, parsed) = parsed.map_err(|fault| unreadable(&path, fault.to_string()))?;
        let pair = KeyPair::from_pem(&text(&key)?);
        Ok(Authority {
            der: parsed.contents,
            key: pair.map_err(|fault| unreadable(&key, fault.to_string()))?,
            pem,
        })
    }

    fn make_server(
        &self,
        authority: &Authority,
        names: &[String],
        now: Timestamp,
    ) -> Result<(), TlsFault> {
        let fault = |source| TlsFault::Make { source };
        let Authority { pem, key, .. } = authority;
        let issuer = Issuer::from_ca_cert_pem(pem, key).map_err(fault)?;
        let mut params = CertificateParams::new(names.to_vec()).map_err(fault)?;
        named(&mut params, "Aufruf office server");
        let day = (now + SignedDuration::from_hours(SERVER_DAYS * 24))
            .to_zoned(TimeZone::UTC)
            .date();
        params.not_after = date_time_ymd(day.year().into(), month(day), as_day(day));
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate().map_err(fault)?;
        let made = params.signed_by(&key, &issuer).map_err(fault)?;
        // The chain says by its last certificate what to pin. A cut between the two writes is mended at the next
        // start: the key does not belong to the certificate then, and both are made anew.
        let both = format!("{}{pem}", made.pem());
        remove(&self.path(SERVER))?;
        write(&self.path(SERVER_KEY), key.serialize_pem().as_bytes())?;
        write(&self.path(SERVER), both.as_bytes())
    }
}

fn new_authority() -> Result<(Certificate, KeyPair), TlsFault> {
    let fault = |source| TlsFault::Make { source };
    let key = KeyPair::generate().map_err(fault)?;
    let mut params = CertificateParams::default();
    named(&mut params, "Aufruf office authority");
    params.not_after = date_time_ymd(AUTHORITY_YEAR, 12, 31);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let made = params.self_signed(&key).map_err(fault)?;
    Ok((made, key))
}

fn named(params: &mut CertificateParams, name: &str) {
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(FROM_YEAR, 1, 1);
}

fn month(day: jiff::civil::Date) -> u8 {
    day.month().unsigned_abs()
}

fn as_day(day: jiff::civil::Date) -> u8 {
    day.day().unsigned_abs()
}

/// What the server is called: the one name by which devices know it wherever it stands, and what people type.
fn names(config: &TlsConfig) -> Vec<String> {
    let mut names = vec![SERVER_NAME.to_owned(), "localhost".to_owned()];
    if let Some(host) = host_name() {
        names.push(format!("{host}.local"));
        names.push(host);
    }
    let ip = config.listen.ip();
    if !ip.is_unspecified() {
        names.push(ip.to_string());
    }
    names.extend(config.names.iter().map(|name| name.to_ascii_lowercase()));
    names.sort_unstable();
    names.dedup();
    names
}

/// The name of this computer, where a certificate can have it.
pub(crate) fn host_name() -> Option<String> {
    let name = rustix::system::uname()
        .nodename()
        .to_str()
        .ok()?
        .to_ascii_lowercase();
    let name = name.split('.').next()?.to_owned();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!name.is_empty() && name.chars().all(is_plain) && name != "localhost").then_some(name)
}

fn names_in(chain: &Chain) -> Vec<String> {
    let first = chain
        .key
        .cert
        .first()
        .map(AsRef::as_ref)
        .unwrap_or_default();
    let Ok((_, parsed)) = X509Certificate::from_der(first) else {
        return Vec::new();
    };
    let Ok(Some(names)) = parsed.subject_alternative_name() else {
        return Vec::new();
    };
    let text = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => ip(bytes).map(|ip| ip.to_string()),
        _ => None,
    };
    let mut names: Vec<String> = names.value.general_names.iter().filter_map(text).collect();
    names.sort_unstable();
    names
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(v4.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

fn remove(path: &Path) -> Result<(), TlsFault> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(TlsFault::Write {
            path: path.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Writes a file of the server's own, whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), TlsFault> {
    let new = path.with_extension("new");
    let written = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        path.parent()
            .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    written().map_err(|source| TlsFault::Write {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests;
