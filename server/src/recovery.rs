//! Getting a damaged office going: what is done to its data while no server runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use aufruf_engine::{Actor, Command, Record, State, step};
use aufruf_store::{
    BackupFile, Batch, OfficeId, Opened, Restored, Store, StoreError, Taken, backups_in,
    database_that_was, office_id_of, prepare, prepare_from, put_office_document,
    read_office_document_of_backup, set_office_id, take_over, verify_file,
};
use jiff::Timestamp;

use crate::office::OfficeDocument;
use crate::secrets::Unsealed;

/// Who signs what is done here.
const OWN_NAME: &str = "recovery";

/// What is wished of a restore.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    /// Every series goes on from this number.
    pub numbers_from: Option<u32>,
    /// What devices and users come in by, and the keys of the office's authority.
    pub secrets: Option<&'a Unsealed>,
}

/// Restores a backup into the data folder. It is the office of the backup from then on; where that does not say
/// which one, it stays the one that was there.
///
/// # Errors
/// Says what could not be done. Where the backup or the secrets are no good, nothing was changed.
pub fn restore_backup(
    data_dir: &Path,
    backup: &Path,
    wishes: Wishes<'_>,
    now: Timestamp,
) -> anyhow::Result<Restored> {
    // What is no database is told in its own words below.
    let office = office_id_of(backup).ok().flatten();
    if let Some(secrets) = wishes.secrets {
        secrets.belongs_to(office)?;
    }
    let (beside, held) = prepare_from(data_dir, backup)?;
    if office.is_none()
        && let Some(was) = office_that_was(data_dir)
    {
        set_office_id(&beside, was)?;
    }
    if let Some(secrets) = wishes.secrets {
        secrets.put_into(&beside)?;
    }
    if let Some(from) = wishes.numbers_from {
        let wishes = [Command::TimePassed, Command::AdvanceNumbers { from }];
        do_offline(&beside, &wishes, now)?;
    }
    let taken = take_over(data_dir, now)?;
    Ok(Restored { held, taken })
}

/// The backup to restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub file: PathBuf,
    /// What to know about the choice; none where there was none.
    pub told: Option<String>,
}

/// The newest backup of the office whose data are there. On a box without data, that of the only office in the
/// folder. One that is named with a time to come was made while a clock was wrong: it is taken where there is no other.
///
/// # Errors
/// When the folder cannot be read, holds none of this office, or those of several where no data say which.
pub fn latest_backup(data_dir: &Path, folder: &Path, now: Timestamp) -> anyhow::Result<Latest> {
    let all = backups_in(folder)?;
    if all.is_empty() {
        bail!(
            "there is no backup in {}; name a file, or begin anew with `aufruf-server day start --fresh --help`",
            folder.display()
        );
    }
    let offices: BTreeSet<Option<OfficeId>> = all.iter().map(|backup| backup.office).collect();
    let own = office_that_was(data_dir);
    let office = match (own, offices.first(), offices.len()) {
        (Some(own), _, _) => Some(own),
        (None, Some(only), 1) => *only,
        (None, _, _) => bail!(
            "{} has backups of several offices, and no data here say which one this is; name a file:\n{}",
            folder.display(),
            newest_of_each(&all, &offices)
        ),
    };
    let found: Vec<BackupFile> = all
        .iter()
        .filter(|backup| backup.office == office)
        .cloned()
        .collect();
    choose(found, now).with_context(|| {
        format!(
            "{} has no backup of this office{}; name a file if one of these is it:\n{}",
            folder.display(),
            own.map_or_else(String::new, |own| format!(" ({own})")),
            newest_of_each(&all, &offices)
        )
    })
}

/// Of the backups of one office, the oldest first.
fn choose(mut found: Vec<BackupFile>, now: Timestamp) -> Option<Latest> {
    let past = found.partition_point(|backup| backup.made_at <= now);
    let newest = found.last()?.file.clone();
    let ahead = found.len() - past;
    found.truncate(past);
    let shown = newest.display();
    match found.pop() {
        Some(last) if ahead > 0 => Some(Latest {
            file: last.file,
            told: Some(format!(
                "{ahead} backups have a time to come in their names, and were passed over: the clock was ahead when they were made, or is behind now. Name {shown} if that is the right one."
            )),
        }),
        Some(last) => Some(Latest {
            file: last.file,
            told: None,
        }),
        None => Some(Latest {
            told: Some(format!(
                "Every backup has a time to come in its name: look at the clock. The newest one was taken, {shown}."
            )),
            file: newest,
        }),
    }
}

/// A line each.
fn newest_of_each(all: &[BackupFile], offices: &BTreeSet<Option<OfficeId>>) -> String {
    let lines = offices.iter().filter_map(|office| {
        let newest = all.iter().rfind(|backup| backup.office == *office)?;
        let document = read_office_document_of_backup(&newest.file).ok().flatten();
        let document = document.and_then(|kept| OfficeDocument::parse(&kept.text).ok());
        let name = document.map(|office| office.name.in_language("", &office.languages).to_owned());
        let name = name.unwrap_or_else(|| "an office without a name".to_owned());
        Some(format!("  {name}: {}", newest.file.display()))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Which office the data are of, also where they are damaged or lie aside after a restore that was cut off. None of
/// data in which nothing has happened yet: they are of no office that has a backup.
fn office_that_was(data_dir: &Path) -> Option<OfficeId> {
    let database = database_that_was(data_dir)?;
    let is_empty = verify_file(&database).is_ok_and(|held| held.last.is_none());
    if is_empty {
        return None;
    }
    office_id_of(&database).ok().flatten()
}

/// What a fresh day was begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshDay {
    /// Where the office's description came from.
    pub office_from: String,
    /// What became of the data that were there before.
    pub taken: Taken,
}

/// Begins the day anew on an empty database: nobody waits, and every series begins at `numbers_from`. The
/// office's description is that of `office`, else of the data that are there, else of the newest backup. It stays the
/// office that it was, as far as the data or that backup say which.
///
/// # Errors
/// When there is no description that can be used; then nothing was changed.
pub fn start_fresh_day(
    data_dir: &Path,
    office: Option<&Path>,
    backups: Option<&Path>,
    numbers_from: u32,
    now: Timestamp,
) -> anyhow::Result<FreshDay> {
    let newest = backups.and_then(|folder| latest_backup(data_dir, folder, now).ok());
    let Description { text, from, id } = description(data_dir, office, newest)?;
    let office_from = from;
    let document = OfficeDocument::parse(&text).map_err(|faults| {
        anyhow::anyhow!("the office of {office_from} cannot be used:\n{faults}")
    })?;
    let engine = Arc::new(document.to_engine(1));
    let wishes = [
        Command::UseOffice { office: engine },
        Command::AdvanceNumbers { from: numbers_from },
    ];
    let beside = prepare(data_dir)?;
    put_office_document(&beside, &text, None, now)?;
    if let Some(id) = id {
        set_office_id(&beside, id)?;
    }
    do_offline(&beside, &wishes, now)?;
    let taken = take_over(data_dir, now)?;
    Ok(FreshDay { office_from, taken })
}

/// How an office is described.
struct Description {
    text: String,
    from: String,
    /// Which office it is, where that is known.
    id: Option<OfficeId>,
}

/// The first description that can be read.
fn description(
    data_dir: &Path,
    office: Option<&Path>,
    newest: Option<Latest>,
) -> anyhow::Result<Description> {
    let id = office_that_was(data_dir);
    if let Some(file) = office {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}; is the path right?", file.display()))?;
        let from = file.display().to_string();
        return Ok(Description { text, from, id });
    }
    let backup = newest.map(|newest| newest.file);
    let sources = [database_that_was(data_dir), backup];
    for file in sources.into_iter().flatten() {
        if let Ok(Some(document)) = read_office_document_of_backup(&file) {
            return Ok(Description {
                text: document.text,
                from: file.display().to_string(),
                id: id.or_else(|| office_id_of(&file).ok().flatten()),
            });
        }
    }
    bail!(
        "neither the data nor a backup has a description of the office; name one with --office FILE"
    )
}

/// Does these on the data folder's own store, while no server has it.
fn do_offline(data_dir: &Path, wishes: &[Command], now: Timestamp) -> anyhow::Result<()> {
    let Opened { store, mut state } = Store::open(data_dir)?;
    let records = decide_all(&mut state, wishes, now)?;
    if !records.is_empty() {
        let batch = Batch {
            records,
            ..Batch::default()
        };
        let written = store.commit(batch).blocking_recv();
        written.map_err(|_| StoreError::Closed)??;
    }
    store.close();
    Ok(())
}

fn decide_all(
    state: &mut State,
    wishes: &[Command],
    now: Timestamp,
) -> anyhow::Result<Vec<Record>> {
    let by = Actor::new(OWN_NAME);
    let mut records = Vec::new();
    for wish in wishes {
        records.extend(step(state, wish, &by, now)?);
    }
    Ok(records)
}
