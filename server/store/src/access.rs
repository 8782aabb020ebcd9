//! Who may come in: devices with their tokens, devices that ask to be paired, users and their sessions. For
//! the command line and for the server, whichever runs: each change is a transaction of its own beside the
//! journal's writer, and a figure that goes up tells the server of it.
//!
//! Owns the tables of `0004_access.sql` and the keys of `0005_office_id.sql`. Knows no roles and no secrets: it keeps words and hashes.

mod carry;
mod devices;
mod log;
mod names;
mod pairings;
mod secrets;
mod sessions;
mod users;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use carry::{Admitted, read_admitted};
pub(crate) use carry::{carry_over, forget_secrets};
pub use devices::DeviceRow;
pub use log::LogRow;
pub use pairings::PairingRow;
pub use secrets::{SecretOf, Secrets};
pub use sessions::SessionRow;
pub use users::UserRow;

use crate::connection::open_writer;
use crate::documents::bring_up;
use crate::fault::Fault;
use crate::tables::meta;
use crate::{StoreError, folder};

/// LIMIT: devices that ask to be paired at the same time.
const PAIRINGS: u32 = 20;

/// LIMIT: places where one user is signed in at the same time.
const SESSIONS: usize = 10;

/// The tables of one data folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Access {
    file: PathBuf,
}

/// Who changes something, from where, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// A user, a device, or the command line.
    pub name: String,
    pub address: String,
    pub at: Timestamp,
}

/// What became of a wish to be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It waits for somebody to approve its code.
    Waits(PairingRow),
    /// The code, or the token, is known already.
    Taken,
    /// Too many wait.
    Full,
}

impl Access {
    /// The tables of the data folder `dir`; the database is made where there is none.
    ///
    /// # Errors
    /// When it cannot be opened or brought up to the newest schema.
    pub fn of(dir: &Path) -> Result<Self, StoreError> {
        folder::enter(dir)?;
        let file = folder::database(dir);
        bring_up(&mut open_writer(&file, None)?, dir)?;
        Ok(Self { file })
    }

    /// All devices, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn devices(&self) -> Result<Vec<DeviceRow>, StoreError> {
        self.read("reading the devices", devices::all)
    }

    /// Lets these devices in, each in the place of the one with its id.
    ///
    /// # Errors
    /// `TokenTaken` when another device has the token; then nothing was changed.
    pub fn put_devices(&self, rows: &[DeviceRow], by: &By) -> Result<(), StoreError> {
        let taken = self.change("keeping the devices", |writing| {
            for row in rows {
                if devices::has_token(writing, row)? {
                    return Ok(Err(row.id.clone()));
                }
            }
            for row in rows {
                devices::put(writing, row, by)?;
                log::add(writing, by, "device_added", &row.id)?;
            }
            Ok(Ok(()))
        })?;
        taken.map_err(|id| StoreError::TokenTaken { id })
    }

    /// Takes a device's token away; it may be paired anew under its id. False where there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn revoke_device(&self, id: &str, by: &By) -> Result<bool, StoreError> {
        self.change("revoking the device", |writing| {
            let is_known = devices::revoke(writing, id)?;
            if is_known {
                log::add(writing, by, "device_revoked", id)?;
            }
            Ok(is_known)
        })
    }

    /// Removes a device: nothing is left of it but what stands in the log. False where there is none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remove_device(&self, id: &str, by: &By) -> Result<bool, StoreError> {
        self.change("removing the device", |writing| {
            let is_known = devices::delete(writing, id)?;
            if is_known {
                log::add(writing, by, "device_removed", id)?;
            }
            Ok(is_known)
        })
    }

    /// The device goes over to a token with this hash as soon as it uses it.
    ///
    /// # Errors
    /// `TokenTaken` when a device has that token.
    pub fn roll_over(&self, id: &str, next_sha256: &str, by: &By) -> Result<(), StoreError> {
        let done = self.change("keeping the new token", |writing| {
            let done = devices::roll_over(writing, id, next_sha256)?;
            if done {
                log::add(writing, by, "token_renewed", id)?;
            }
            Ok(done)
        })?;
        let taken = || StoreError::TokenTaken { id: id.to_owned() };
        done.then_some(()).ok_or_else(taken)
    }

    /// The device has used its new token: the old one is worth nothing any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn rolled_over(&self, id: &str, next_sha256: &str, by: &By) -> Result<(), StoreError> {
        self.change("forgetting the old token", |writing| {
            if devices::rolled_over(writing, id, next_sha256)? {
                log::add(writing, by, "token_in_use", id)?;
            }
            Ok(())
        })
    }

    /// A device asks to be let in. One that asks again keeps its code. Those that have waited since before `since` are forgotten.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn ask_to_pair(&self, row: &PairingRow, since: Timestamp) -> Result<Asked, StoreError> {
        self.write("keeping the wish to be paired", |writing| {
            pairings::forget_before(writing, since)?;
            pairings::ask(writing, row, PAIRINGS)
        })
    }

    /// What is known of a device that asks once more; none where it has not asked since then.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn has_asked(
        &self,
        token_sha256: &str,
        address: &str,
        since: Timestamp,
    ) -> Result<Option<Asked>, StoreError> {
        self.read("reading a wish to be paired", |reader| {
            pairings::known(reader, (token_sha256, address), since, PAIRINGS)
        })
    }

    /// The devices that have asked since then, the first one first.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn pairings(&self, since: Timestamp) -> Result<Vec<PairingRow>, StoreError> {
        self.read("reading the wishes to be paired", |reader| {
            pairings::since(reader, since)
        })
    }

    /// Lets the device that shows `code` in as `device`, whose token is the one that it made. False
    /// where none shows it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn approve(&self, code: &str, device: DeviceRow, by: &By) -> Result<bool, StoreError> {
        self.change("approving the device", |writing| {
            let Some(asked) = pairings::take(writing, code)? else {
                return Ok(false);
            };
            let paired = DeviceRow {
                token_sha256: Some(asked.token_sha256),
                ..device
            };
            devices::put(writing, &paired, by)?;
            log::add(writing, by, "device_paired", &paired.id)?;
            Ok(true)
        })
    }

    /// Sends the device that shows `code` away. False where none shows it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn decline(&self, code: &str, by: &By) -> Result<bool, StoreError> {
        self.write("declining the device", |writing| {
            let asked = pairings::take(writing, code)?;
            if asked.is_some() {
                log::add(writing, by, "pairing_declined", code)?;
            }
            Ok(asked.is_some())
        })
    }

    /// All users, by id.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn users(&self) -> Result<Vec<UserRow>, StoreError> {
        self.read("reading the users", users::all)
    }

    /// One user; none where nobody has that id.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn user(&self, id: &str) -> Result<Option<UserRow>, StoreError> {
        self.read("reading a user", |reader| users::one(reader, id))
    }

    /// Adds a user, or puts one in the place of the one with its id, who is signed out everywhere.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_user(&self, user: &UserRow, by: &By) -> Result<(), StoreError> {
        self.write("keeping the user", |writing| {
            users::put(writing, user, by)?;
            sessions::end_all(writing, &user.id)?;
            log::add(writing, by, "user_added", &user.id)
        })
    }

    /// Removes a user with all sessions. False where nobody has that id.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remove_user(&self, id: &str, by: &By) -> Result<bool, StoreError> {
        self.write("removing the user", |writing| {
            let is_known = users::delete(writing, id)?;
            if is_known {
                log::add(writing, by, "user_removed", id)?;
            }
            Ok(is_known)
        })
    }

    /// Gives a user another secret, lets guesses begin anew, and signs out everywhere. False where nobody has that
    /// id.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_secret(&self, id: &str, secret: &str, by: &By) -> Result<bool, StoreError> {
        self.write("keeping the new secret", |writing| {
            let is_known = users::set_secret(writing, id, secret)?;
            if is_known {
                sessions::end_all(writing, id)?;
                log::add(writing, by, "secret_reset", id)?;
            }
            Ok(is_known)
        })
    }

    /// Somebody typed a wrong secret once more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_in_failed(&self, by: &By) -> Result<(), StoreError> {
        self.write("counting wrong secrets", |writing| {
            let Some(row) = users::one(writing, &by.name)? else {
                return Ok(());
            };
            let failed = row.failed.saturating_add(1);
            users::failed(writing, &by.name, failed, None)?;
            log::add(writing, by, "sign_in_failed", &by.name)
        })
    }

    /// Somebody has signed in: guesses begin anew. False where the user has another secret than the one that was
    /// `proven`, or is gone.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_in(
        &self,
        session: &SessionRow,
        proven: Option<&str>,
        by: &By,
    ) -> Result<bool, StoreError> {
        self.write("keeping the session", |writing| {
            let user = users::one(writing, &session.user)?;
            if user.is_none_or(|user| user.secret.as_deref() != proven) {
                return Ok(false);
            }
            users::failed(writing, &session.user, 0, None)?;
            sessions::begin(writing, session, SESSIONS)?;
            log::add(writing, by, "signed_in", &session.user)?;
            Ok(true)
        })
    }

    /// The session with this token, and its user.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn session(&self, token_sha256: &str) -> Result<Option<(SessionRow, UserRow)>, StoreError> {
        self.read("reading a session", |reader| {
            let Some(session) = sessions::one(reader, token_sha256)? else {
                return Ok(None);
            };
            let user = users::one(reader, &session.user)?;
            Ok(user.map(|user| (session, user)))
        })
    }

    /// Where a user is signed in, the latest first.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn sessions_of(&self, user: &str) -> Result<Vec<SessionRow>, StoreError> {
        self.read("reading the sessions", |reader| {
            sessions::of_user(reader, user)
        })
    }

    /// The session was used.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn session_used(&self, token_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        self.write("keeping the use of a session", |writing| {
            sessions::used(writing, token_sha256, at)
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_out(&self, token_sha256: &str, by: &By) -> Result<(), StoreError> {
        self.write("ending the session", |writing| {
            if sessions::end(writing, token_sha256)? {
                log::add(writing, by, "signed_out", &by.name)?;
            }
            Ok(())
        })
    }

    /// Ends all sessions of a user; says how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sign_out_everywhere(&self, user: &str, by: &By) -> Result<usize, StoreError> {
        self.write("ending the sessions", |writing| {
            let ended = sessions::end_all(writing, user)?;
            log::add(writing, by, "signed_out_everywhere", user)?;
            Ok(ended)
        })
    }

    /// Ends what began before `begun`, or was not used since `used`.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn end_old_sessions(&self, begun: Timestamp, used: Timestamp) -> Result<(), StoreError> {
        self.write("ending old sessions", |writing| {
            sessions::end_old(writing, begun, used)
        })
    }

    /// The latest changes, the newest first.
    ///
    /// # Errors
    /// As [`Access::devices`].
    pub fn log(&self, limit: usize) -> Result<Vec<LogRow>, StoreError> {
        self.read("reading what was changed", |reader| {
            log::latest(reader, limit)
        })
    }

    fn read<T>(
        &self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let connection = open_writer(&self.file, None)?;
        read(&connection).map_err(Fault::during(doing, &self.file))
    }

    /// As [`Access::write`]; whoever follows the devices is told of it.
    fn change<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        self.write(doing, |writing| {
            let done = work(writing)?;
            meta::raise_access_version(writing)?;
            Ok(done)
        })
    }

    /// All of `work` or nothing.
    fn write<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let failed = Fault::during(doing, &self.file);
        let mut connection = open_writer(&self.file, None)?;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let writing = begun.map_err(|error| failed(error.into()))?;
        let done = work(&writing).map_err(&failed)?;
        writing.commit().map_err(|error| failed(error.into()))?;
        Ok(done)
    }
}
