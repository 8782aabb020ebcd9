//! The state from disk: the latest readable snapshot of the current segment and what follows it, or
//! the whole segment. Checks all that it reads; earlier segments are not touched.

use aufruf_engine::{Event, EventSeq, State, apply};
use jiff::civil::Date;
use rusqlite::Connection;

use crate::Damage;
use crate::error::Place;
use crate::fault::Fault;
use crate::tables::journal::{self, Entry};
use crate::tables::meta::{self, Ends};
use crate::tables::snapshots;

/// Where the journal stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) ends: Ends,
    /// The current segment; none in an empty journal.
    pub(crate) day: Option<Date>,
}

/// The state and where it came from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) state: State,
    pub(crate) head: Head,
    /// The record after which the snapshot used was taken.
    pub(crate) snapshot: Option<EventSeq>,
}

/// Rebuilds the state as the disk has it.
pub(crate) fn load(connection: &mut Connection) -> Result<Loaded, Fault> {
    // One transaction: one picture, whatever is committed meanwhile.
    let picture = connection.transaction()?;
    let head = head(&picture)?;
    let Some(day) = head.day else {
        return Ok(Loaded {
            state: State::default(),
            head,
            snapshot: None,
        });
    };
    let start = snapshots::latest(&picture, head.ends)?;
    let snapshot = start.as_ref().map(State::last_seq);
    let mut state = start.unwrap_or_default();
    let mut before = snapshot.unwrap_or(EventSeq(head.ends.segment_from.0 - 1));
    journal::each_from(&picture, EventSeq(before.0 + 1), |entry| {
        journal::follows(before, entry.record.seq)?;
        belongs(&entry, day)?;
        before = entry.record.seq;
        apply(&mut state, &entry.record);
        Ok(())
    })?;
    if before != head.ends.last {
        let (found, written) = (before.0, head.ends.last.0);
        return Err(Damage::Tail { found, written }.into());
    }
    Ok(Loaded {
        state,
        head,
        snapshot,
    })
}

/// Where the journal stands, by its first record of the current segment.
pub(crate) fn head(connection: &Connection) -> Result<Head, Fault> {
    let ends = meta::ends(connection)?;
    if ends == Ends::default() {
        return Ok(Head::default());
    }
    let from = ends.segment_from;
    let first = journal::entry(connection, from)?;
    let opening = first.filter(|first| matches!(first.record.event, Event::DayOpened { .. }));
    let opening = opening.ok_or(Damage::Beginning(from.0))?;
    Ok(Head {
        ends,
        day: Some(opening.day),
    })
}

/// A segment holds records of one day.
fn belongs(entry: &Entry, day: Date) -> Result<(), Fault> {
    if entry.day == day {
        return Ok(());
    }
    let (seq, day) = (entry.record.seq.0, entry.day.to_string());
    Err(Damage::Day(Place { seq, day }).into())
}
