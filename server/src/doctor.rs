//! Looks over the whole installation, and says in plain words what is well and what to mend. Changes nothing: it makes
//! no database and brings none to a newer schema. To measure the disk it writes a small file in the data folder, and
//! takes it away again.

mod box_itself;
mod doors;

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aufruf_store::{
    Admitted, BackupFile, StoreError, UserRow, backups_in, newest_schema, office_id, read_admitted,
    read_office_document, verify,
};
use jiff::Timestamp;
use rustix::fs::statvfs;

use crate::config::{BackupConfig, ServerConfig};
use crate::hooks::AlertsConfig;
use crate::office::OfficeDocument;
use crate::secret_file::{Readers, read_secret};
use crate::users::UserRole;

/// Less free space than this is told, in MiB.
const FREE_MIB: u64 = 1_024;
/// A disk that takes longer to keep a record makes clerks wait.
const SLOW_DISK: Duration = Duration::from_millis(20);
/// How often the disk is asked.
const SYNCS: usize = 50;

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
    let (told, last) = data(&config.data_dir);
    findings.extend(told);
    findings.push(office(&config.data_dir));
    findings.extend(who_comes_in(&config.data_dir));
    findings.extend(config.alerts.as_ref().map(secrets));
    findings.push(doors::certificate(config, now));
    findings.push(doors::server(config.listen));
    findings.extend(doors::encrypted(config));
    findings.push(box_itself::files());
    findings.extend(backups(config, now));
    findings.push(box_itself::time_service());
    findings.extend(last.map(|last| box_itself::clock(now, last)));
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

/// Whether the data are sound, and when their last record was written.
fn data(dir: &Path) -> (Vec<Finding>, Option<Timestamp>) {
    let held = match verify(dir) {
        Ok(held) => held,
        Err(StoreError::NotThere { .. }) => {
            let none = "there are no data yet: the first start makes them";
            return (vec![Look(none.to_owned())], None);
        }
        Err(fault) => {
            let fault = format!("{:#}", anyhow::Error::new(fault));
            return (vec![Mend(fault)], None);
        }
    };
    let mut told = vec![Well(format!(
        "the data are sound: {} records of {} days",
        held.records, held.days
    ))];
    if held.schema < newest_schema() {
        told.push(Look(format!(
            "the data have schema {}, of an older program: the next start brings them to {}; make a backup before",
            held.schema,
            newest_schema()
        )));
    }
    (told, held.last.map(|(_, at)| at))
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
    let Admitted { devices, users } = match read_admitted(dir) {
        Ok(Some(known)) => known,
        Ok(None) => Admitted {
            devices: Vec::new(),
            users: Vec::new(),
        },
        Err(fault) => return vec![Mend(format!("who may come in cannot be read: {fault}"))],
    };
    let out = devices.iter().filter(|row| row.token_sha256.is_none());
    let out: Vec<&str> = out.map(|row| row.id.as_str()).collect();
    let is_admin = |row: &&UserRow| row.role == UserRole::Admin.name() && row.secret.is_some();
    let admins = users.iter().filter(is_admin).count();
    vec![
        match (devices.len(), out.len()) {
            (0, _) => Mend("no device may connect: aufruf-server devices --help".to_owned()),
            (all, 0) => Well(format!("{all} devices may connect")),
            (_, _) => Look(format!(
                "these have no token, after a restore or because they were put out: {}; pair them anew, or remove them (aufruf-server devices remove ID)",
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

/// What proves to others who sends.
fn secrets(alerts: &AlertsConfig) -> Finding {
    let password = alerts
        .mail
        .as_ref()
        .and_then(|mail| mail.password_file.as_ref());
    let files = [alerts.webhook_secret_file.as_ref(), password];
    let faults = files
        .into_iter()
        .flatten()
        .filter_map(|file: &PathBuf| read_secret(file, Readers::OwnerAndGroup).err());
    let faults: Vec<String> = faults.map(|fault| fault.to_string()).collect();
    if faults.is_empty() {
        Well("the secrets of [alerts] can be read, and not by everybody".to_owned())
    } else {
        Mend(format!("[alerts]: {}", faults.join("; ")))
    }
}

fn backups(config: &ServerConfig, now: Timestamp) -> Vec<Finding> {
    let Some(backup) = &config.backup else {
        return vec![Mend(
            "no backups are made: name a folder under [backup] in server.toml".to_owned(),
        )];
    };
    let all = backups_in(&backup.folder);
    let read = all.and_then(|all| Ok((all, office_id(&config.data_dir)?)));
    let (all, own) = match read {
        Ok(read) => read,
        Err(fault) => return vec![Mend(format!("the backups cannot be looked at: {fault}"))],
    };
    let of = |office| all.iter().filter(move |found| found.office == office);
    let mut told = vec![own_backups(&of(own).collect::<Vec<_>>(), backup, now)];
    let old = of(None).count();
    if own.is_some() && old > 0 {
        told.push(Look(format!(
            "{old} backups in {} are of an older program and say not of which office: nobody deletes them but you",
            backup.folder.display()
        )));
    }
    told
}

fn own_backups(own: &[&BackupFile], config: &BackupConfig, now: Timestamp) -> Finding {
    let shown = config.folder.display();
    let Some(newest) = own.last() else {
        return Look(format!(
            "there is no backup in {shown} of this office yet: the running server makes one"
        ));
    };
    if newest.made_at > now {
        return Mend(format!(
            "{} is named with a time to come: look at the clock, and move the file away if the clock is right",
            newest.file.display()
        ));
    }
    let minutes = now.duration_since(newest.made_at).as_mins();
    let told = format!(
        "the newest of {} backups of this office in {shown} is {minutes} min old",
        own.len()
    );
    if minutes > 2 * i64::from(config.every_min) {
        Mend(format!(
            "{told}: look at the server's log, and whether the folder can be written"
        ))
    } else {
        Well(told)
    }
}

#[cfg(test)]
mod tests;
