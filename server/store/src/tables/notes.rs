//! `personal_notes`: what clerks wrote about visits that are open. The only table with words about
//! people; nothing is derived from it, and it is in no journal.
//!
//! Deleting must leave nothing behind. `secure_delete` overwrites what is deleted, but not the copies
//! that `SQLite` leaves in a page when it moves rows between pages to balance them: a few notes in a
//! thousand would be found in the file for days. So rows are only
//! ever added at the end, where no row moves, and one goes by emptying the whole table (its pages are
//! overwritten then) and adding the others again: there are as many as visits with a note are open.

use std::fmt;

use aufruf_engine::{Actor, TicketId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::column::{Id, Millis};
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO personal_notes (ticket, written_ms, by, text) VALUES (?1, ?2, ?3, ?4)";
const SELECT_ONE: &str = "
    SELECT ticket, written_ms, by, text FROM personal_notes WHERE ticket = ?1";
const SELECT_ALL: &str = "SELECT ticket, written_ms, by, text FROM personal_notes ORDER BY id";
const SELECT_TICKETS: &str = "SELECT ticket FROM personal_notes";
/// Without a condition: the whole tree is cleared, page by page.
const DELETE_ALL: &str = "DELETE FROM personal_notes";

/// Every note is kept behind this, the visit's id and a colon: so that the bytes of any file tell whose
/// words are in them.
pub(crate) const MARK: &str = "aufruf-personal:";

/// A few words about a visit for the next one who serves it. Personal: never in an event, a log or
/// an answer that is kept. Gone when the visit ends, also where that step is taken back.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    pub ticket: TicketId,
    pub text: String,
    /// Kept to the millisecond.
    pub written_at: Timestamp,
    pub by: Actor,
}

/// What is written to logs of a note: that there is one.
impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Note")
            .field("ticket", &self.ticket)
            .field("written_at", &self.written_at)
            .finish_non_exhaustive()
    }
}

/// What became of notes in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notes {
    Kept,
    /// Words were deleted: the write-ahead log still has them.
    Deleted,
}

/// Writes these notes, each in the place of the one before on its visit, and deletes what belongs to
/// no visit that `is_open`, old or new.
pub(crate) fn keep(
    connection: &Connection,
    new: &[Note],
    is_open: impl Fn(TicketId) -> bool,
) -> rusqlite::Result<Notes> {
    let is_replaced = |ticket| new.iter().any(|note| note.ticket == ticket);
    let stays = |ticket| is_open(ticket) && !is_replaced(ticket);
    let done = if tickets(connection)?.into_iter().all(stays) {
        Notes::Kept
    } else {
        rewrite(connection, stays)?;
        Notes::Deleted
    };
    for (index, note) in new.iter().enumerate() {
        let is_last = new[index + 1..]
            .iter()
            .all(|next| next.ticket != note.ticket);
        if is_last && is_open(note.ticket) {
            insert(connection, note)?;
        }
    }
    Ok(done)
}

fn rewrite(connection: &Connection, stays: impl Fn(TicketId) -> bool) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(SELECT_ALL)?;
    let all: Vec<Note> = select.query_map((), note)?.collect::<Result<_, _>>()?;
    delete_all(connection)?;
    let mut staying = all.iter().filter(|note| stays(note.ticket));
    staying.try_for_each(|note| insert(connection, note))
}

/// Deletes every note.
pub(crate) fn delete_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_ALL)?.execute(())?;
    Ok(())
}

/// The visits about which there is a note.
pub(crate) fn tickets(connection: &Connection) -> rusqlite::Result<Vec<TicketId>> {
    let mut select = connection.prepare_cached(SELECT_TICKETS)?;
    let tickets = select.query_map((), |row| Ok(row.get::<_, Id>(0)?.0))?;
    tickets.collect()
}

fn insert(connection: &Connection, note: &Note) -> rusqlite::Result<()> {
    let Note {
        ticket,
        text,
        written_at,
        by,
    } = note;
    let mut insert = connection.prepare_cached(INSERT)?;
    let marked = format!("{MARK}{}:{text}", ticket.0);
    insert.execute(params![
        Id(*ticket),
        Millis(*written_at),
        by.as_str(),
        marked
    ])?;
    Ok(())
}

pub(crate) fn of_ticket(connection: &Connection, ticket: TicketId) -> Result<Option<Note>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let note = select.query_row([Id(ticket)], note);
    note.optional().map_err(Fault::reading("personal_notes"))
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let kept: String = row.get(3)?;
    // Notes of an older program have no mark.
    let marked = kept
        .strip_prefix(MARK)
        .and_then(|rest| rest.split_once(':'));
    let text = marked.map(|(_, text)| text.to_owned()).unwrap_or(kept);
    Ok(Note {
        ticket: row.get::<_, Id>(0)?.0,
        written_at: row.get::<_, Millis>(1)?.0,
        by: Actor::new(&row.get::<_, String>(2)?),
        text,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::connection::open_writer;

    /// The same row of figures every time.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 40).expect("24 bits") % limit
        }
    }

    fn note(n: usize, length: usize) -> Note {
        let id = u128::try_from(n).expect("a small figure");
        Note {
            ticket: TicketId(uuid::Uuid::from_u128(id)),
            text: format!("<words {n:05}>{}", "x".repeat(length)),
            written_at: Timestamp::UNIX_EPOCH,
            by: Actor::new("panel-1"),
        }
    }

    /// The notes of which any words are in the file, once the log is taken in.
    fn found(connection: &Connection, file: &Path) -> BTreeSet<usize> {
        connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
            .expect("taken in");
        let bytes = std::fs::read(file).expect("the file");
        let words = bytes.windows(13).filter_map(|words| {
            let figure = words.strip_prefix(b"<words ")?.strip_suffix(b">")?;
            std::str::from_utf8(figure).ok()?.parse().ok()
        });
        words.collect()
    }

    #[test]
    fn notes_that_come_and_go_in_any_order_leave_nothing_of_themselves_in_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("aufruf.db");
        let mut connection = open_writer(&file, None).expect("a writer");
        crate::migrations::run(&mut connection, &file).expect("the schema");
        let (mut chance, mut open) = (Chance(1), Vec::new());
        for n in 0..1000 {
            let mut new = Vec::new();
            if chance.below(100) < 52 || open.is_empty() {
                let noted = note(n, chance.below(500));
                open.push(noted.ticket);
                new.push(noted);
            } else {
                let gone = chance.below(open.len());
                open.swap_remove(gone);
            }
            let writing = connection.transaction().expect("a transaction");
            keep(&writing, &new, |ticket| open.contains(&ticket)).expect("kept");
            writing.commit().expect("committed");
            if n % 50 == 0 || n == 999 {
                let numbers = open.iter().map(|ticket| ticket.0.as_u128());
                let there: BTreeSet<usize> = numbers
                    .map(|n| usize::try_from(n).expect("a small figure"))
                    .collect();
                assert_eq!(found(&connection, &file), there, "after step {n}");
            }
        }
    }
}
