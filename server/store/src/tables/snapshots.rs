//! `snapshots`: the state after some record, to start from. A copy of what the journal says; one
//! that cannot be read is passed over.

use aufruf_engine::{EventSeq, State};
use rusqlite::{Connection, Row, params};

use crate::column::Count;
use crate::fault::Fault;
use crate::tables::meta::Ends;

/// How a state is written now. Has to go up whenever the engine's `State` changes its form, or
/// `apply` its meaning: then older snapshots are passed over and the day is replayed.
const FORMAT: i64 = 6;
/// LIMIT: snapshots kept; the second one serves where the first is damaged.
const KEPT: i64 = 2;

const INSERT: &str = "
    INSERT OR REPLACE INTO snapshots (seq, day, format, state, sum) VALUES (?1, ?2, ?3, ?4, ?5)";
const DELETE_OLD: &str = "
    DELETE FROM snapshots
    WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?1)";
const DELETE_BEFORE: &str = "DELETE FROM snapshots WHERE seq < ?1";
const SELECT_BETWEEN: &str = "
    SELECT seq, day, format, state, sum FROM snapshots
    WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq DESC";

/// A state made ready for the writer.
#[derive(Debug)]
pub(crate) struct Snapshot {
    line: Line,
}

/// A row as it stands in the file.
#[derive(Debug)]
struct Line {
    seq: i64,
    day: String,
    format: i64,
    state: String,
}

impl Snapshot {
    /// None while no day is open: there is nothing to start from.
    pub(crate) fn of(state: &State) -> Option<Self> {
        let day = state.day()?.date.to_string();
        let text = serde_json::to_string(state)
            .expect("a state is plain words and figures: it always has a JSON form");
        let seq = Count::from(state.last_seq()).to_i64();
        let line = Line {
            seq,
            day,
            format: FORMAT,
            state: text,
        };
        Some(Self { line })
    }

    /// Whether it is a state of the day that the record `segment_from` opened.
    pub(crate) fn is_of_day_from(&self, segment_from: EventSeq) -> bool {
        self.line.seq >= Count::from(segment_from).to_i64()
    }
}

pub(crate) fn insert(connection: &Connection, snapshot: &Snapshot) -> rusqlite::Result<()> {
    let Line {
        seq,
        day,
        format,
        state,
    } = &snapshot.line;
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(params![seq, day, format, state, snapshot.line.sum()])?;
    connection.prepare_cached(DELETE_OLD)?.execute([KEPT])?;
    Ok(())
}

/// Deletes the states of closed days: nobody starts from them, and they hold what is to be forgotten.
pub(crate) fn delete_before(
    connection: &Connection,
    segment_from: EventSeq,
) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(DELETE_BEFORE)?;
    delete.execute([Count::from(segment_from)])?;
    Ok(())
}

/// The latest state of the current segment that can be read.
pub(crate) fn latest(connection: &Connection, ends: Ends) -> Result<Option<State>, Fault> {
    let mut select = connection.prepare_cached(SELECT_BETWEEN)?;
    let span = [Count::from(ends.segment_from), Count::from(ends.last)];
    let mut rows = select.query(span)?;
    while let Some(row) = rows.next()? {
        let (line, sum) = line(row).map_err(Fault::reading("snapshots"))?;
        match line.believe(sum) {
            Ok(state) => return Ok(Some(state)),
            Err(why) => tracing::warn!(
                snapshot.seq = line.seq,
                "passed over the snapshot after record {}: {why}; the journal is replayed instead",
                line.seq
            ),
        }
    }
    Ok(None)
}

fn line(row: &Row<'_>) -> rusqlite::Result<(Line, i64)> {
    let line = Line {
        seq: row.get(0)?,
        day: row.get(1)?,
        format: row.get(2)?,
        state: row.get(3)?,
    };
    Ok((line, row.get(4)?))
}

impl Line {
    fn sum(&self) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        for figure in [self.seq, self.format] {
            sum.update(&figure.to_le_bytes());
        }
        for text in [&self.day, &self.state] {
            sum.update(&text.len().to_le_bytes());
            sum.update(text.as_bytes());
        }
        sum.finalize()
    }

    fn believe(&self, sum: i64) -> Result<State, String> {
        if self.format != FORMAT {
            return Err(format!("its format is {}, not {FORMAT}", self.format));
        }
        if sum != i64::from(self.sum()) {
            return Err("it does not match its checksum".to_owned());
        }
        let state: State = serde_json::from_str(&self.state).map_err(|error| error.to_string())?;
        if state.last_seq() == EventSeq(self.seq.unsigned_abs()) {
            Ok(state)
        } else {
            Err(format!(
                "it is the state after record {}",
                state.last_seq().0
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_snapshot_is_believed_only_in_the_format_of_this_program() {
        let state = serde_json::to_string(&State::default()).expect("a state has a JSON form");
        let line = |format| Line {
            seq: 0,
            day: "2026-11-23".to_owned(),
            format,
            state: state.clone(),
        };
        let believed = |line: &Line| line.believe(i64::from(line.sum()));
        assert_eq!(believed(&line(FORMAT)), Ok(State::default()));
        for other in [FORMAT - 1, FORMAT + 1] {
            assert!(believed(&line(other)).is_err_and(|why| why.contains("format")));
        }
    }
}
