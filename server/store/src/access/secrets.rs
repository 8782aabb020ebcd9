//! What devices and users come in by, taken out of one database and put into a copy of it that has it not.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Access, devices, users};
use crate::StoreError;
use crate::column::Millis;
use crate::fault::Fault;

const GIVE_TOKENS: &str = "
    UPDATE devices SET token_sha256 = ?3, next_sha256 = ?4 WHERE id = ?1 AND since_ms = ?2";
const GIVE_SECRET: &str = "UPDATE users SET secret = ?3 WHERE id = ?1 AND since_ms = ?2";

/// The hashes of all devices and users that have one. Not for a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    pub devices: Vec<SecretOf>,
    pub users: Vec<SecretOf>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets")
            .field("devices", &self.devices.len())
            .field("users", &self.users.len())
            .finish()
    }
}

/// What one of them comes in by.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretOf {
    pub id: String,
    /// When it was let in: another one under the same id is another one.
    pub since: Timestamp,
    /// The hash of the token, or of the password.
    pub hash: String,
    /// That of the token that a device goes over to.
    pub next: Option<String>,
}

impl std::fmt::Debug for SecretOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretOf")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Access {
    /// What everybody comes in by now.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn secrets(&self) -> Result<Secrets, StoreError> {
        self.read("reading what devices and users come in by", read)
    }

    /// Gives it back to those who are known here by the same id since the same moment; says to how many. All or
    /// nobody.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_secrets(&self, secrets: &Secrets) -> Result<usize, StoreError> {
        self.change("giving back what they come in by", |writing| {
            let mut given = 0;
            for SecretOf {
                id,
                since,
                hash,
                next,
            } in &secrets.devices
            {
                let row = params![id, Millis(*since), hash, next];
                given += writing.execute(GIVE_TOKENS, row)?;
            }
            for SecretOf {
                id, since, hash, ..
            } in &secrets.users
            {
                given += writing.execute(GIVE_SECRET, params![id, Millis(*since), hash])?;
            }
            Ok(given)
        })
    }
}

fn read(connection: &Connection) -> Result<Secrets, Fault> {
    let devices = devices::all(connection)?.into_iter().filter_map(|row| {
        Some(SecretOf {
            id: row.id,
            since: row.since,
            hash: row.token_sha256?,
            next: row.next_sha256,
        })
    });
    let users = users::all(connection)?.into_iter().filter_map(|row| {
        Some(SecretOf {
            id: row.id,
            since: row.since,
            hash: row.secret?,
            next: None,
        })
    });
    Ok(Secrets {
        devices: devices.collect(),
        users: users.collect(),
    })
}
