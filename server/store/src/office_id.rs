//! Which office a database belongs to: a number of its own, drawn when the database was made, kept by whatever is
//! restored from it, and written in the names of its backups.

use std::fmt;
use std::path::Path;

use rusqlite::Connection;

use crate::connection::{open_beside, open_writer};
use crate::documents::bring_up;
use crate::fault::Fault;
use crate::migrations::{self, Schema};
use crate::tables::meta;
use crate::{StoreError, folder};

/// The first schema that has it.
const SINCE: u32 = 5;
/// Digits of its short form.
const DIGITS: usize = 8;

/// An office among those whose backups lie in one folder. Reads as eight hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfficeId(u32);

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl OfficeId {
    /// Reads its eight digits; none where they are anything else.
    pub fn parse(digits: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_one = digits.len() == DIGITS && digits.bytes().all(is_digit);
        is_one.then(|| u32::from_str_radix(digits, 16).ok().map(Self))?
    }
}

/// The office of a data folder; none where there is no database, or one of an older program. Changes nothing.
///
/// # Errors
/// When the database cannot be read.
pub fn office_id(dir: &Path) -> Result<Option<OfficeId>, StoreError> {
    let database = folder::database(dir);
    if !database.exists() {
        return Ok(None);
    }
    office_id_of(&database)
}

/// The office of one database: a backup, or what lies aside.
///
/// # Errors
/// When the file cannot be read as a database of this program.
pub fn office_id_of(file: &Path) -> Result<Option<OfficeId>, StoreError> {
    let connection = open_beside(file)?;
    in_database(&connection, file)
}

pub(crate) fn in_database(
    connection: &Connection,
    file: &Path,
) -> Result<Option<OfficeId>, StoreError> {
    if let Schema::Behind { version } = migrations::look(connection, file)?
        && version < SINCE
    {
        return Ok(None);
    }
    let read = meta::office_id(connection).map(|id| Some(OfficeId(id)));
    read.map_err(Fault::during("reading which office it is", file))
}

/// Makes the database of `dir` that of this office. For one that was just made and that no server has.
///
/// # Errors
/// When it cannot be brought up to the newest schema, or written.
pub fn set_office_id(dir: &Path, id: OfficeId) -> Result<(), StoreError> {
    let file = folder::database(dir);
    let mut connection = open_writer(&file, None)?;
    bring_up(&mut connection, dir)?;
    let written = meta::set_office_id(&connection, id.0);
    written.map_err(|error| Fault::during("writing which office it is", &file)(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_reads_as_it_was_written_and_nothing_else_does() {
        for id in [1, 0x00c0_ffee, u32::MAX] {
            let id = OfficeId(id);
            assert_eq!(OfficeId::parse(&id.to_string()), Some(id));
        }
        for text in [
            "",
            "2026",
            "0000000",
            "000000001",
            "0000000G",
            "0000000A",
            "+0000001",
        ] {
            assert_eq!(OfficeId::parse(text), None, "{text}");
        }
    }
}
