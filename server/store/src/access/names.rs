//! The names of people in `access_log` go when they were kept for long enough; what was done stays. Each name becomes
//! a pseudonym, always the same one, by a key that is in no backup: so one person's rows still belong together.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::Access;
use crate::StoreError;
use crate::column::Millis;
use crate::fault::Fault;

/// LIMIT: rows that are gone through in one transaction.
const AT_ONCE: usize = 500;
const SELECT_NAMED: &str = "
    SELECT id, by, what, about FROM access_log WHERE named = 1 AND at_ms < ?1 ORDER BY at_ms LIMIT ?2";
const UPDATE: &str = "
    UPDATE access_log SET (by, address, about, named) = (?2, '', ?3, 0) WHERE id = ?1";
const MAKE_KEY: &str = "
    INSERT INTO keys (name, value) VALUES ('pseudonyms', randomblob(32)) ON CONFLICT DO NOTHING";
const SELECT_KEY: &str = "SELECT value FROM keys WHERE name = 'pseudonyms'";

/// Who is not a person: the command line.
const CONSOLE: &str = "console";
/// What a device does for itself.
const BY_DEVICES: [&str; 2] = ["token_in_use", "token_renewed"];
/// What is done to a device, or to a code that one shows.
const ABOUT_DEVICES: [&str; 6] = [
    "device_added",
    "device_paired",
    "device_removed",
    "device_revoked",
    "pairing_declined",
    "token_renewed",
];

/// A row that may name somebody.
#[derive(Debug)]
struct Named {
    id: i64,
    by: String,
    what: String,
    about: String,
}

impl Access {
    /// Takes the names and addresses out of the oldest changes from before `before`, a few hundred of them; says
    /// whether there may be more. `pseudonym` makes of the key and a name what stands in its place.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget_names_before(
        &self,
        before: Timestamp,
        pseudonym: impl Fn(&[u8], &str) -> String,
    ) -> Result<bool, StoreError> {
        // Looked for first: a write each time would hold the journal's writer up for nothing.
        let doing = "looking for names in the log of changes";
        if self
            .read(doing, |reader| named(reader, before, 1))?
            .is_empty()
        {
            return Ok(false);
        }
        self.write("taking names out of the log of changes", |writing| {
            let key = key(writing)?;
            let rows = named(writing, before, AT_ONCE)?;
            let mut update = writing.prepare_cached(UPDATE)?;
            for row in &rows {
                let by = match row.by.as_str() {
                    CONSOLE => CONSOLE.to_owned(),
                    device if BY_DEVICES.contains(&row.what.as_str()) => device.to_owned(),
                    person => pseudonym(&key, person),
                };
                let is_device = ABOUT_DEVICES.contains(&row.what.as_str())
                    || BY_DEVICES.contains(&row.what.as_str());
                let about = if is_device {
                    row.about.clone()
                } else {
                    pseudonym(&key, &row.about)
                };
                update.execute(params![row.id, by, about])?;
            }
            Ok(rows.len() == AT_ONCE)
        })
    }
}

fn named(connection: &Connection, before: Timestamp, limit: usize) -> Result<Vec<Named>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = connection.prepare_cached(SELECT_NAMED)?;
    let rows = select.query_map(params![Millis(before), limit], |row| {
        Ok(Named {
            id: row.get(0)?,
            by: row.get(1)?,
            what: row.get(2)?,
            about: row.get(3)?,
        })
    })?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("access_log"))
}

fn key(writing: &Transaction<'_>) -> Result<Vec<u8>, Fault> {
    writing.execute(MAKE_KEY, ())?;
    let key = writing.query_row(SELECT_KEY, (), |row| row.get(0));
    key.map_err(Fault::reading("keys"))
}
