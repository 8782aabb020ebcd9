//! `journal`: what happened, numbered, in day segments, each row with a checksum.

use aufruf_engine::{Actor, Event, EventSeq, RECORD_VERSION, Record};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use crate::Damage;
use crate::column::{Count, Day};
use crate::error::Place;
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO journal (seq, day, at_ms, by, version, kind, payload, sum)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const SELECT_ONE: &str = "
    SELECT seq, day, at_ms, by, version, kind, payload, sum FROM journal WHERE seq = ?1";
const SELECT_FROM: &str = "
    SELECT seq, day, at_ms, by, version, kind, payload, sum FROM journal
    WHERE seq >= ?1 ORDER BY seq";
const SELECT_SOME: &str = "
    SELECT seq, day, at_ms, by, version, kind, payload, sum FROM journal
    WHERE seq > ?1 AND seq < ?2 ORDER BY seq LIMIT ?3";
const UPDATE_EVENT: &str = "
    UPDATE journal SET version = ?2, payload = ?3, sum = ?4 WHERE seq = ?1";
const SELECT_DAY: &str = "
    SELECT seq, day, at_ms, by, version, kind, payload, sum FROM journal
    WHERE day = ?1 ORDER BY seq";

/// A record and the segment that its row names.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) day: Date,
    pub(crate) record: Record,
}

pub(crate) fn insert(connection: &Connection, day: Date, record: &Record) -> rusqlite::Result<()> {
    write(connection, &Line::of(day, record))
}

/// Writes an event in the place of the one that this record of `day` had.
pub(crate) fn replace(connection: &Connection, day: Date, record: &Record) -> rusqlite::Result<()> {
    let line = Line::of(day, record);
    let mut update = connection.prepare_cached(UPDATE_EVENT)?;
    update.execute(params![line.seq, line.version, line.payload, line.sum()])?;
    Ok(())
}

fn write(connection: &Connection, line: &Line) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(params![
        line.seq,
        line.day,
        line.at_ms,
        line.by,
        line.version,
        line.kind,
        line.payload,
        line.sum()
    ])?;
    Ok(())
}

pub(crate) fn entry(connection: &Connection, seq: EventSeq) -> Result<Option<Entry>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let mut rows = select.query([Count::from(seq)])?;
    rows.next()?.map(read).transpose()
}

/// Hands over every entry from `seq` on, in order.
pub(crate) fn each_from(
    connection: &Connection,
    seq: EventSeq,
    mut take: impl FnMut(Entry) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut select = connection.prepare_cached(SELECT_FROM)?;
    let mut rows = select.query([Count::from(seq)])?;
    while let Some(row) = rows.next()? {
        take(read(row)?)?;
    }
    Ok(())
}

/// Hands over every entry that there is, whole days in order. Days may be gone between them.
pub(crate) fn each_day(
    connection: &Connection,
    mut take: impl FnMut(Entry) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut before = None;
    each_from(connection, EventSeq(0), |entry| {
        continues(before, &entry.record)?;
        before = Some(entry.record.seq);
        take(entry)
    })
}

/// Up to `limit` entries between two records, both excluded, with the last one's number. A damaged
/// one is told to the log and passed over.
pub(crate) fn some_between(
    connection: &Connection,
    (after, before): (EventSeq, EventSeq),
    limit: usize,
) -> Result<(Vec<Entry>, Option<EventSeq>), Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = connection.prepare_cached(SELECT_SOME)?;
    let span = params![Count::from(after), Count::from(before), limit];
    let mut rows = select.query(span)?;
    let (mut entries, mut last) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        last = Some(EventSeq(row.get::<_, Count>(0)?.0));
        match read(row) {
            Ok(entry) => entries.push(entry),
            Err(Fault::Damage(damage, _)) => {
                tracing::error!("the journal of a closed day is damaged: {damage}");
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok((entries, last))
}

/// The records of a segment, in order and without a gap.
pub(crate) fn records_of(connection: &Connection, day: Date) -> Result<Vec<Record>, Fault> {
    let mut select = connection.prepare_cached(SELECT_DAY)?;
    let mut rows = select.query([Day(day)])?;
    let mut records: Vec<Record> = Vec::new();
    while let Some(row) = rows.next()? {
        let Entry { record, .. } = read(row)?;
        continues(records.last().map(|before| before.seq), &record)?;
        records.push(record);
    }
    Ok(records)
}

/// Either a day begins, or no record is missing since the one before.
fn continues(before: Option<EventSeq>, record: &Record) -> Result<(), Fault> {
    // A day may open twice under one date (the office moved its time zone): no gap then.
    let begins = matches!(record.event, Event::DayOpened { .. });
    match before {
        _ if begins => Ok(()),
        Some(before) => follows(before, record.seq),
        None => Err(Damage::Beginning(record.seq.0).into()),
    }
}

/// No record is missing between the two.
pub(crate) fn follows(before: EventSeq, next: EventSeq) -> Result<(), Fault> {
    if next.0 == before.0 + 1 {
        return Ok(());
    }
    let (missing, next) = (before.0 + 1, next.0);
    Err(Damage::Gap { missing, next }.into())
}

/// A row as it stands in the file, before anything is believed.
#[derive(Debug)]
struct Line {
    seq: i64,
    day: String,
    at_ms: i64,
    by: String,
    version: i64,
    kind: String,
    payload: String,
}

impl Line {
    fn of(day: Date, record: &Record) -> Self {
        Self {
            seq: Count::from(record.seq).to_i64(),
            day: day.to_string(),
            at_ms: record.at.as_millisecond(),
            by: record.by.as_str().to_owned(),
            version: i64::from(RECORD_VERSION),
            kind: kind(&record.event).to_owned(),
            payload: record.event.encode(),
        }
    }

    /// CRC-32 of all columns; each text with its length, so that no two rows read alike.
    fn sum(&self) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        for figure in [self.seq, self.at_ms, self.version] {
            sum.update(&figure.to_le_bytes());
        }
        for text in [&self.day, &self.by, &self.kind, &self.payload] {
            sum.update(&text.len().to_le_bytes());
            sum.update(text.as_bytes());
        }
        sum.finalize()
    }

    fn place(&self) -> Place {
        Place {
            seq: self.seq.unsigned_abs(),
            day: self.day.clone(),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Entry, Fault> {
    let (line, sum) = line(row).map_err(Fault::reading("journal"))?;
    if sum != i64::from(line.sum()) {
        return Err(Damage::Sum(line.place()).into());
    }
    believe(&line).map_err(|cause| Fault::Damage(Damage::Event(line.place()), Some(cause)))
}

fn line(row: &Row<'_>) -> rusqlite::Result<(Line, i64)> {
    let line = Line {
        seq: row.get(0)?,
        day: row.get(1)?,
        at_ms: row.get(2)?,
        by: row.get(3)?,
        version: row.get(4)?,
        kind: row.get(5)?,
        payload: row.get(6)?,
    };
    Ok((line, row.get(7)?))
}

/// What the row says, its sum being right.
fn believe(line: &Line) -> Result<Entry, crate::error::Cause> {
    let record = Record {
        seq: EventSeq(u64::try_from(line.seq)?),
        at: Timestamp::from_millisecond(line.at_ms)?,
        by: Actor::new(&line.by),
        event: Event::decode(u16::try_from(line.version)?, &line.payload)?,
    };
    Ok(Entry {
        day: line.day.parse()?,
        record,
    })
}

/// The event's name, as its payload has it, for those who look into the file.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::DayOpened { .. } => "day_opened",
        Event::DayClosed { .. } => "day_closed",
        Event::OfficeChanged { .. } => "office_changed",
        Event::QueueEnded { .. } => "queue_ended",
        Event::QueueLocked { .. } => "queue_locked",
        Event::QueueUnlocked { .. } => "queue_unlocked",
        Event::SoldOut { .. } => "sold_out",
        Event::RoomAgain { .. } => "room_again",
        Event::NumbersAdvanced { .. } => "numbers_advanced",
        Event::CounterOpened { .. } => "counter_opened",
        Event::CounterPaused { .. } => "counter_paused",
        Event::CounterClosed { .. } => "counter_closed",
        Event::CounterMoved { .. } => "counter_moved",
        Event::TicketIssued { .. } => "ticket_issued",
        Event::AppointmentBooked { .. } => "appointment_booked",
        Event::CheckedIn { .. } => "checked_in",
        Event::TicketCalled { .. } => "ticket_called",
        Event::TicketRecalled { .. } => "ticket_recalled",
        Event::ServiceStarted { .. } => "service_started",
        Event::PartServed { .. } => "part_served",
        Event::VisitFinished { .. } => "visit_finished",
        Event::PickUpPromised { .. } => "pick_up_promised",
        Event::CalledInVain { .. } => "called_in_vain",
        Event::TicketMissed { .. } => "ticket_missed",
        Event::TicketRequeued { .. } => "ticket_requeued",
        Event::VisitParked { .. } => "visit_parked",
        Event::VisitResumed { .. } => "visit_resumed",
        Event::TicketTransferred { .. } => "ticket_transferred",
        Event::PlacePaused { .. } => "place_paused",
        Event::PlaceResumed { .. } => "place_resumed",
        Event::TicketChanged { .. } => "ticket_changed",
        Event::TicketCancelled { .. } => "ticket_cancelled",
        Event::StepUndone { .. } => "step_undone",
        Event::EmergencyRaised { .. } => "emergency_raised",
        Event::EmergencyAccepted { .. } => "emergency_accepted",
        Event::EmergencyEnded { .. } => "emergency_ended",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(version: i64, payload: &str) -> Line {
        Line {
            seq: 1,
            day: "2026-11-23".to_owned(),
            at_ms: 0,
            by: "timer".to_owned(),
            version,
            kind: "day_closed".to_owned(),
            payload: payload.to_owned(),
        }
    }

    fn read_back(line: &Line) -> Result<Option<Entry>, Fault> {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(include_str!("../../migrations/0001_first.sql"))
            .expect("the journal's schema");
        write(&connection, line).expect("a row");
        entry(&connection, EventSeq(1))
    }

    #[test]
    fn a_whole_record_of_a_newer_program_is_refused_and_not_passed_over() {
        let line = line(99, r#"{"event":"day_closed","expired":[]}"#);
        let Err(Fault::Damage(damage, Some(cause))) = read_back(&line) else {
            panic!("a record of version 99 was read");
        };
        assert_eq!(damage, Damage::Event(line.place()));
        assert!(cause.to_string().contains("99"), "{cause}");
    }

    #[test]
    fn an_event_that_nobody_knows_is_refused_and_not_passed_over() {
        let line = line(1, r#"{"event":"coffee_made"}"#);
        let Err(Fault::Damage(damage, Some(_))) = read_back(&line) else {
            panic!("an unknown event was read");
        };
        assert_eq!(damage, Damage::Event(line.place()));
    }

    #[test]
    fn rows_that_differ_only_in_where_a_text_ends_have_different_sums() {
        let (mut one, mut other) = (line(1, "bc"), line(1, "c"));
        one.kind = "a".to_owned();
        other.kind = "ab".to_owned();
        assert_ne!(one.sum(), other.sum());
    }
}
