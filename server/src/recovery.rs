//! Getting a damaged office going: what is done to its data while no server runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use aufruf_engine::{Actor, Command, Record, State, step};
use aufruf_store::{
    Batch, Opened, Restored, Store, StoreError, Taken, backups_in, prepare, prepare_from,
    put_office_document, read_office_document, read_office_document_of_backup, take_over,
};
use jiff::Timestamp;

use crate::office::OfficeDocument;

/// Who signs what is done here.
const OWN_NAME: &str = "recovery";

/// Restores a backup into the data folder, and lets every series go on from a number where one is named.
///
/// # Errors
/// Says what could not be done. Where the backup is no good, nothing was changed.
pub fn restore_backup(
    data_dir: &Path,
    backup: &Path,
    numbers_from: Option<u32>,
    now: Timestamp,
) -> anyhow::Result<Restored> {
    let (beside, held) = prepare_from(data_dir, backup)?;
    if let Some(from) = numbers_from {
        let wishes = [Command::TimePassed, Command::AdvanceNumbers { from }];
        do_offline(&beside, &wishes, now)?;
    }
    let taken = take_over(data_dir, now)?;
    Ok(Restored { held, taken })
}

/// The newest backup of a folder.
///
/// # Errors
/// When the folder cannot be read, or holds none.
pub fn latest_backup(folder: &Path) -> anyhow::Result<PathBuf> {
    let Some(latest) = backups_in(folder)?.pop() else {
        bail!(
            "there is no backup in {}; name a file, or begin anew with `aufruf-server day start --fresh --help`",
            folder.display()
        );
    };
    Ok(latest.file)
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
/// office's description is that of `office`, else of the data that are there, else of the newest backup.
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
    let (text, office_from) = description(data_dir, office, backups)?;
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
    do_offline(&beside, &wishes, now)?;
    let taken = take_over(data_dir, now)?;
    Ok(FreshDay { office_from, taken })
}

/// The first description that can be read, and where it is from.
fn description(
    data_dir: &Path,
    office: Option<&Path>,
    backups: Option<&Path>,
) -> anyhow::Result<(String, String)> {
    if let Some(file) = office {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}; is the path right?", file.display()))?;
        return Ok((text, file.display().to_string()));
    }
    if let Ok(Some(document)) = read_office_document(data_dir) {
        return Ok((document.text, data_dir.display().to_string()));
    }
    let newest = backups.and_then(|folder| backups_in(folder).ok()?.pop());
    if let Some(backup) = newest
        && let Ok(Some(document)) = read_office_document_of_backup(&backup.file)
    {
        return Ok((document.text, backup.file.display().to_string()));
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
