//! What went wrong inside, before it is known in which file and during what.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::error::Cause;
use crate::{Damage, StoreError};

/// An error without its file.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(Error),
    Damage(Damage, Option<Cause>),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damage(Damage::File, Some(error.into()))
            }
            _ => Self::Sql(error),
        }
    }
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage, None)
    }
}

impl Fault {
    /// A value of `table` that does not read as what was written is damage, not a failed query.
    pub(crate) fn reading(table: &'static str) -> impl Fn(Error) -> Self {
        move |error| match error {
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::IntegralValueOutOfRange(..) => {
                Self::Damage(Damage::Row(table), Some(error.into()))
            }
            error => error.into(),
        }
    }

    /// The error with its file. `doing` reads before "failed": "reading the journal".
    pub(crate) fn during(doing: &'static str, file: &Path) -> impl Fn(Self) -> StoreError {
        move |fault| {
            let file = file.to_owned();
            match fault {
                Self::Sql(source) => StoreError::Sql {
                    doing,
                    file,
                    source,
                },
                Self::Damage(damage, cause) => StoreError::Damaged {
                    file,
                    damage,
                    cause,
                },
            }
        }
    }
}
