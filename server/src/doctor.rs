//! Looks over the whole installation, and says in plain words what is well and what to mend. Changes nothing but
//! this: it writes a small file in the data folder to measure the disk, and opens the database as every program does,
//! which makes it where there is none and brings it to the newest schema where no server has it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use aufruf_store::{Access, StoreError, backups_in, read_office_document, verify};
use jiff::Timestamp;
use rustix::fs::statvfs;

use crate::config::{BackupConfig, ServerConfig};
use crate::office::OfficeDocument;
use crate::users::UserRole;

/// Less free space than this is told, in MiB.
const FREE_MIB: u64 = 1_024;
/// A disk that takes longer to keep a record makes clerks wait.
const SLOW_DISK: Duration = Duration::from_millis(20);
/// How often the disk is asked.
const SYNCS: usize = 50;
/// A program that does not answer by then is not there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// Bytes of an answer that are looked at.
const ANSWER: usize = 1_024;
/// What the service manager writes when the clock was set from the network.
const CLOCK_IS_SET: &str = "/run/systemd/timesync/synchronized";

/// What was found about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    Well(String),
    /// It works, and somebody should look.
    Look(String),
    /// What is wrong, and what to do.
    Mend(String),
}

use Finding::{Look, Mend, Well};

/// Looks at everything, in the order in which one mends it.
pub fn examine(config: &ServerConfig, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![folder(&config.data_dir)];
    if matches!(findings[0], Mend(_)) {
        return findings;
    }
    findings.push(space(&config.data_dir));
    findings.push(disk(&config.data_dir));
    findings.push(data(&config.data_dir));
    findings.push(office(&config.data_dir));
    findings.extend(who_comes_in(&config.data_dir));
    findings.push(server(config.listen));
    findings.push(backups(config.backup.as_ref(), now));
    findings.push(clock());
    findings
}

fn folder(dir: &Path) -> Finding {
    let shown = dir.display();
    let found = match fs::metadata(dir) {
        Ok(found) if found.is_dir() => found,
        Ok(_) => return Mend(format!("{shown} is no folder; name one as data_dir")),
        Err(fault) => {
            return Mend(format!(
                "the data folder {shown} cannot be looked at ({fault}); make it with systemd-tmpfiles --create, or name the right one"
            ));
        }
    };
    let own = rustix::process::geteuid().as_raw();
    if found.uid() != own {
        let owner = found.uid();
        return Mend(format!(
            "{shown} belongs to another user (number {owner}): run this as that one, sudo -u '#{owner}' aufruf-server doctor"
        ));
    }
    if found.permissions().mode() & 0o077 != 0 {
        return Mend(format!("others can look into {shown}: chmod 700 {shown}"));
    }
    Well(format!("the data folder {shown} is the server's own"))
}

fn space(dir: &Path) -> Finding {
    match statvfs(dir) {
        Ok(found) => {
            let free = found.f_bavail.saturating_mul(found.f_frsize) / (1 << 20);
            if free < FREE_MIB {
                Mend(format!(
                    "only {free} MiB are free beside the data: make room"
                ))
            } else {
                Well(format!("{free} MiB are free beside the data"))
            }
        }
        Err(fault) => Look(format!("nobody can say how much room is left ({fault})")),
    }
}

fn disk(dir: &Path) -> Finding {
    let file = dir.join("doctor.scratch");
    let measured = sync_times(&file);
    let removed = fs::remove_file(&file);
    match measured.and_then(|times| removed.map(|()| times)) {
        Ok(mut times) => {
            times.sort_unstable();
            let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
            let told = format!(
                "the disk keeps a record in {:.1} ms, and {:.1} ms at worst",
                millis(middle),
                millis(worst)
            );
            if middle > SLOW_DISK {
                Mend(format!("{told}: that is slow; put the data on a local SSD"))
            } else {
                Well(told)
            }
        }
        Err(fault) => Mend(format!(
            "the disk takes nothing ({fault}): look whether it is full, read-only or broken"
        )),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures the disk, and no record has this time"
)]
fn sync_times(path: &Path) -> io::Result<Vec<Duration>> {
    let mut file = File::create(path)?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.write_all(&[0; 4_096])?;
        file.sync_all()?;
        times.push(begun.elapsed());
    }
    Ok(times)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn data(dir: &Path) -> Finding {
    match verify(dir) {
        Ok(held) => Well(format!(
            "the data are sound: {} records of {} days",
            held.records, held.days
        )),
        Err(StoreError::NotThere { .. }) => {
            Look("there are no data yet: the first start makes them".to_owned())
        }
        Err(fault) => Mend(format!("{:#}", anyhow::Error::new(fault))),
    }
}

fn office(dir: &Path) -> Finding {
    match read_office_document(dir) {
        Ok(Some(document)) => match OfficeDocument::parse(&document.text) {
            Ok(_) => Well(format!(
                "version {} of the office has no fault",
                document.version
            )),
            Err(faults) => Mend(format!(
                "version {} of the office has faults: mend it and apply it again\n{faults}",
                document.version
            )),
        },
        Ok(None) => Mend("no office is described: aufruf-server office apply FILE".to_owned()),
        Err(fault) => Mend(format!("the office cannot be read: {fault}")),
    }
}

fn who_comes_in(dir: &Path) -> Vec<Finding> {
    let read = Access::of(dir).and_then(|access| Ok((access.devices()?, access.users()?)));
    let (devices, users) = match read {
        Ok(read) => read,
        Err(fault) => return vec![Mend(format!("who may come in cannot be read: {fault}"))],
    };
    let out = devices.iter().filter(|row| row.token_sha256.is_none());
    let out: Vec<&str> = out.map(|row| row.id.as_str()).collect();
    let is_admin =
        |row: &&aufruf_store::UserRow| row.role == UserRole::Admin.name() && row.secret.is_some();
    let admins = users.iter().filter(is_admin).count();
    vec![
        match (devices.len(), out.len()) {
            (0, _) => Mend("no device may connect: aufruf-server devices --help".to_owned()),
            (all, 0) => Well(format!("{all} devices may connect")),
            (_, _) => Look(format!(
                "these have no token, after a restore or because they were put out: {}; pair them anew",
                out.join(", ")
            )),
        },
        if admins == 0 {
            Mend(
                "no admin can sign in: aufruf-server users add ID --name NAME --role admin"
                    .to_owned(),
            )
        } else {
            let known = users.iter().filter(|row| row.secret.is_some()).count();
            Well(format!(
                "{known} users can sign in, {admins} of them admins"
            ))
        },
    ]
}

fn server(address: SocketAddr) -> Finding {
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
    let mut stream = TcpStream::connect_timeout(&address, ANSWERS_WITHIN)?;
    stream.set_read_timeout(Some(ANSWERS_WITHIN))?;
    stream.set_write_timeout(Some(ANSWERS_WITHIN))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = vec![0; ANSWER];
    let read = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
}

fn backups(config: Option<&BackupConfig>, now: Timestamp) -> Finding {
    let Some(config) = config else {
        return Mend("no backups are made: name a folder under [backup] in server.toml".to_owned());
    };
    let shown = config.folder.display();
    match backups_in(&config.folder) {
        Ok(found) => match found.last() {
            None => Look(format!(
                "there is no backup in {shown} yet: the running server makes one"
            )),
            Some(newest) => {
                let minutes = now.duration_since(newest.made_at).as_mins();
                let told = format!(
                    "the newest of {} backups in {shown} is {minutes} min old",
                    found.len()
                );
                if minutes < 0 {
                    return Mend(format!(
                        "the newest backup in {shown} is of the future: look at the clock, and move it away"
                    ));
                }
                if minutes > 2 * i64::from(config.every_min) {
                    Mend(format!(
                        "{told}: look at the server's log, and whether the folder can be written"
                    ))
                } else {
                    Well(told)
                }
            }
        },
        Err(fault) => Mend(format!("the backups cannot be looked at: {fault}")),
    }
}

fn clock() -> Finding {
    if Path::new(CLOCK_IS_SET).exists() {
        Well("the clock is set from the network".to_owned())
    } else {
        Look("nobody says that the clock is set from the network: look at timedatectl".to_owned())
    }
}
