//! A day's journal as lines of JSON, for those who want to look into it or keep it elsewhere.

use std::io::Write;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::backup::failed;
use crate::connection::open_beside;
use crate::fault::Fault;
use crate::tables::journal;
use crate::{StoreError, folder};

/// One record of the journal.
#[derive(Debug, Serialize)]
struct Line<'a> {
    seq: u64,
    at: jiff::Timestamp,
    by: &'a str,
    #[serde(flatten)]
    event: &'a aufruf_engine::Event,
}

/// Writes every record of `day` as a line of JSON: its number, time, who, and the event in its newest
/// form. Says how many there are; none where the journal has no such day. Works beside a running server. Blocks.
///
/// # Errors
/// When the database cannot be read or is damaged, or `out` cannot be written.
pub fn export_day(dir: &Path, day: Date, out: &mut impl Write) -> Result<usize, StoreError> {
    let file = folder::database(dir);
    let connection = open_beside(&file)?;
    let records = journal::records_of(&connection, day)
        .map_err(Fault::during("reading the journal", &file))?;
    for record in &records {
        let line = Line {
            seq: record.seq.0,
            at: record.at,
            by: record.by.as_str(),
            event: &record.event,
        };
        let written = serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from);
        let written = written.and_then(|()| out.write_all(b"\n"));
        written.map_err(failed("writing the export", &file))?;
    }
    Ok(records.len())
}
