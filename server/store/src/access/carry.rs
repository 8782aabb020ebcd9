//! Who may come in, from one database to another: all of it to the one that takes its place, none of what they come
//! in by to a backup. And read from one that is left as it is.

use std::path::Path;

use rusqlite::{Connection, Transaction, params};

use super::{By, DeviceRow, UserRow, devices, log, pairings, sessions, users};
use crate::connection::{open_beside, open_reader, open_writer};
use crate::fault::Fault;
use crate::migrations::{self, Schema};
use crate::tables::meta;
use crate::{StoreError, folder};

/// The first schema with devices and users, and the first with keys.
const SINCE: u32 = 4;
const KEYS_SINCE: u32 = 5;
/// Two devices never have one token: whoever had it in the database that it is carried to, has it no more.
const FREE_TOKEN: &str = "
    UPDATE devices SET token_sha256 = NULL, next_sha256 = NULL
    WHERE id <> ?1 AND ?2 IN (token_sha256, next_sha256)";
const FORGET_KEYS: &str = "DELETE FROM keys";

/// Devices and users of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    pub devices: Vec<DeviceRow>,
    pub users: Vec<UserRow>,
}

/// Who may come in, read without making, bringing up or writing anything; none where there is no database yet, or one
/// of a program that knew neither devices nor users.
///
/// # Errors
/// When the database cannot be read.
pub fn read_admitted(dir: &Path) -> Result<Option<Admitted>, StoreError> {
    let file = folder::database(dir);
    if !file.exists() {
        return Ok(None);
    }
    let connection = open_beside(&file)?;
    if let Schema::Behind { version } = migrations::look(&connection, &file)?
        && version < SINCE
    {
        return Ok(None);
    }
    let read = all(&connection).map(Some);
    read.map_err(Fault::during("reading who may come in", &file))
}

fn all(connection: &Connection) -> Result<Admitted, Fault> {
    Ok(Admitted {
        devices: devices::all(connection)?,
        users: users::all(connection)?,
    })
}

/// Takes devices and users of another database over, with their tokens and passwords; says how many. Nothing of one
/// that cannot be read, or is of an older program.
pub(crate) fn carry_over(from: &Path, to: &Path) -> usize {
    let carried = try_to_carry(from, to);
    carried.unwrap_or_else(|fault| {
        tracing::warn!("devices and users cannot be taken over: {fault}");
        0
    })
}

fn try_to_carry(from: &Path, to: &Path) -> Result<usize, StoreError> {
    let failed = Fault::during("reading who may come in", from);
    // Reading alone: what may be damaged stays as it lies.
    let old = open_reader(from).map_err(|error| failed(error.into()))?;
    let known = all(&old).map_err(&failed)?;
    drop(old);
    let failed = Fault::during("keeping who may come in", to);
    let mut connection = open_writer(to, None)?;
    migrations::run(&mut connection, to)?;
    let writing = connection
        .transaction()
        .map_err(|error| failed(error.into()))?;
    put_all(&writing, &known).map_err(&failed)?;
    writing.commit().map_err(|error| failed(error.into()))?;
    Ok(known.devices.len() + known.users.len())
}

fn put_all(writing: &Transaction<'_>, known: &Admitted) -> Result<(), Fault> {
    let by = |name: &str, at| By {
        name: name.to_owned(),
        address: String::new(),
        at,
    };
    for device in &known.devices {
        if let Some(token) = &device.token_sha256 {
            writing.execute(FREE_TOKEN, params![device.id, token])?;
        }
        devices::put(writing, device, &by(&device.by, device.since))?;
    }
    for user in &known.users {
        users::put(writing, user, &by(&user.by, user.since))?;
    }
    meta::raise_access_version(writing)
}

/// For a copy: nobody shall come in by what is in it.
pub(crate) fn forget_secrets(copy: &Connection, schema: u32) -> rusqlite::Result<()> {
    if schema >= KEYS_SINCE {
        copy.execute(FORGET_KEYS, ())?;
    }
    if schema < SINCE {
        return Ok(());
    }
    devices::forget_tokens(copy)?;
    pairings::forget_all(copy)?;
    log::forget_all(copy)?;
    users::forget_secrets(copy)?;
    sessions::forget_all(copy)
}
