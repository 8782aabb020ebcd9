//! What has to be there after the power was gone, and that the office goes on from there.

use aufruf_store::{Opened, Store};

use crate::house::{Folder, assert_disk_equals};
use crate::office_day::{End, Mark, Recording, hand_over, next_batch, noted};

impl Mark {
    /// Whether it is acknowledged before the disk does what it does at `moment`.
    fn is_acknowledged(&self, moment: usize) -> bool {
        matches!(self.end, End::Acknowledged { at } if at <= moment)
    }

    /// Whether a disk may have it that has done `moment` things.
    fn may_be_there(&self, moment: usize) -> bool {
        self.handed_at <= moment
            && match self.end {
                End::Acknowledged { .. } => true,
                End::Gone { at } => moment < at,
            }
    }

    /// Whether it is below another one that is there.
    fn is_below(&self, other: &Self) -> bool {
        self.handed_at < other.handed_at && matches!(self.end, End::Acknowledged { .. })
    }

    fn is_answered(&self, store: &Store) -> bool {
        let answer = store.answer("panel-1", &self.key);
        answer.expect("readable").is_some()
    }
}

/// Starts an office on what a loss of power after `moment` left in the folder.
#[track_caller]
pub(crate) fn assert_survived(folder: &Folder, recording: &Recording, moment: usize, place: &str) {
    let opened = Store::open(folder.path());
    let opened = opened.unwrap_or_else(|error| panic!("{place}: {error:?}"));
    let there = found(&opened, &recording.marks, moment, place);
    assert_answers(&opened.store, recording, there, place);
    let note = opened.store.note(noted()).expect("readable");
    let words = note.as_ref().map(|note| note.text.as_str());
    assert_eq!(words, there.note, "{place}");
    if opened.state.day().is_some() {
        assert_disk_equals(&opened.store, &opened.state);
    }
    assert_goes_on(&opened.store, there, place);
    opened.store.close();
    assert_is_sound(folder, place);
}

/// The batch that the disk ends with: the last one that was acknowledged, or one behind it.
#[track_caller]
fn found<'a>(opened: &Opened, marks: &'a [Mark], moment: usize, place: &str) -> &'a Mark {
    let acknowledged = marks.iter().rposition(|mark| mark.is_acknowledged(moment));
    let from = acknowledged.expect("what the office began with is acknowledged");
    let there = marks[from..]
        .iter()
        .filter(|mark| mark.may_be_there(moment) && mark.desk.state == opened.state)
        .max_by_key(|mark| (mark.is_answered(&opened.store), mark.handed_at));
    there.unwrap_or_else(|| {
        let found = opened.state.last_seq().0;
        let least = marks[from].desk.state.last_seq().0;
        panic!("{place}: a state that never was, at record {found}, acknowledged {least}")
    })
}

/// Every batch up to the one that is there has its answer, and no other.
#[track_caller]
fn assert_answers(store: &Store, recording: &Recording, there: &Mark, place: &str) {
    let (beginning, batches) = recording
        .marks
        .split_first()
        .expect("it begins with something");
    let may_be_forgotten = |mark: &Mark| mark.desk.now < recording.forgets_before;
    for mark in batches.iter().filter(|mark| !may_be_forgotten(mark)) {
        let belongs = mark.key == there.key || mark.is_below(there);
        assert_eq!(
            mark.is_answered(store),
            belongs,
            "{place}: the answer of {}",
            mark.key
        );
    }
    assert!(!beginning.is_answered(store), "nobody asked for it");
}

#[track_caller]
fn assert_goes_on(store: &Store, from: &Mark, place: &str) {
    let mut desk = from.desk.clone();
    let batch = next_batch(&mut desk, "after the power is back");
    hand_over(store, batch).unwrap_or_else(|error| panic!("{place}: {error:?}"));
    assert!(store.rebuild().expect("readable") == desk.state, "{place}");
}

#[track_caller]
pub(crate) fn assert_is_sound(folder: &Folder, place: &str) {
    let check = "PRAGMA integrity_check(1)";
    let connection = folder.look();
    let found: String = connection
        .query_row(check, (), |row| row.get(0))
        .expect("readable");
    assert_eq!(found, "ok", "{place}");
}
