//! How our values stand in columns: instants as whole milliseconds, counts as integers, the rest as
//! text. Each wrapper writes and reads its value as a pair.

use aufruf_engine::{EventSeq, TicketId};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde_json::from_str;

use crate::error::Cause;

/// Whether an instant loses nothing in a column.
pub(crate) fn is_whole_ms(at: Timestamp) -> bool {
    at.subsec_nanosecond() % 1_000_000 == 0
}

/// An instant; anything finer than a millisecond is cut off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Millis(pub(crate) Timestamp);

/// A count: a record's number, a version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count(pub(crate) u64);

/// A segment's key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day(pub(crate) Date);

/// A ticket's id, 16 bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Id(pub(crate) TicketId);

/// Anything with a JSON form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<T>(pub(crate) T);

/// A unit variant, by the name that it has on the wire and in the journal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<T>(pub(crate) T);

/// The text of a key.
#[derive(Debug, Clone)]
pub(crate) struct Key(pub(crate) Box<str>);

impl From<EventSeq> for Count {
    fn from(seq: EventSeq) -> Self {
        Self(seq.0)
    }
}

impl Count {
    pub(crate) fn to_i64(self) -> i64 {
        i64::try_from(self.0).expect("a count that goes up by one never reaches 2^63")
    }
}

impl ToSql for Millis {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_millisecond().into())
    }
}

impl FromSql for Millis {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let ms = value.as_i64()?;
        let at = Timestamp::from_millisecond(ms).map_err(FromSqlError::other)?;
        Ok(Self(at))
    }
}

impl ToSql for Count {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_i64().into())
    }
}

impl FromSql for Count {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let count = value.as_i64()?;
        let out_of_range = |_| FromSqlError::OutOfRange(count);
        Ok(Self(u64::try_from(count).map_err(out_of_range)?))
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let day = value.as_str()?.parse().map_err(FromSqlError::other)?;
        Ok(Self(day))
    }
}

impl ToSql for Id {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.0.as_bytes())))
    }
}

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let id = uuid::Uuid::from_slice(value.as_blob()?).map_err(FromSqlError::other)?;
        Ok(Self(TicketId(id)))
    }
}

impl<T: serde::Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        let text = text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(text.into())
    }
}

impl<T: serde::de::DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let read = from_str(value.as_str()?).map_err(FromSqlError::other)?;
        Ok(Self(read))
    }
}

impl<T: serde::Serialize> ToSql for Word<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let refused = |why: Cause| rusqlite::Error::ToSqlConversionFailure(why);
        match serde_json::to_value(&self.0).map_err(|error| refused(error.into()))? {
            serde_json::Value::String(word) => Ok(word.into()),
            other => Err(refused(format!("{other} is not one word").into())),
        }
    }
}

impl<T: serde::de::DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word =
            serde::de::value::StrDeserializer::<serde::de::value::Error>::new(value.as_str()?);
        let read = T::deserialize(word).map_err(FromSqlError::other)?;
        Ok(Self(read))
    }
}

impl FromSql for Key {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(value.as_str()?.into()))
    }
}
