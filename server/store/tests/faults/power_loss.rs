//! The power goes at any moment: what was acknowledged is there, and nothing in part.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::all_of_them;
use crate::chance::Chance;
use crate::house::{Folder, commit};
use crate::office_day::{End, Mark, Recording, next_batch, noted, play};
use crate::power::{Platter, Unsynced};
use crate::survival::assert_survived;
use crate::watch::{Done, Drive, Fault, Kind};

/// Moments of a whole play that the short form tries.
const MOMENTS: usize = 80;
/// As above, behind each sync that fails.
const MOMENTS_AFTER_FAULT: usize = 6;
/// Losses of power after which the start is tried: in the short form and with every moment.
const STARTS: usize = 6;
const ALL_STARTS: usize = 30;

/// Which moments of a play are tried.
#[derive(Debug, Clone, Copy)]
struct Sample {
    from: usize,
    /// None for every moment.
    count: Option<usize>,
    seed: u64,
}

impl Sample {
    /// All moments, or some from each part of the play and those at which a batch is acknowledged.
    fn moments(self, recording: &Recording, chance: &mut Chance) -> BTreeSet<usize> {
        let end = recording.done.len();
        let Some(count) = self.count else {
            return (self.from..=end).collect();
        };
        let step = (end - self.from).div_ceil(count).max(1);
        let parts = (self.from..end).step_by(step);
        let moments = parts.map(|part| end.min(part + chance.below(step)));
        let mut moments: BTreeSet<usize> = moments.chain([end]).collect();
        let ends = recording.marks.iter().map(|mark| match mark.end {
            End::Acknowledged { at } | End::Gone { at } => at,
        });
        // Behind a fault the next few tell; the later ones are as in every play.
        moments.extend(ends.filter(|at| *at >= self.from).take(count));
        moments
    }
}

/// Cuts the power at the moments, each time in all ways; says how often.
fn cut(recording: &Recording, sample: Sample) -> usize {
    let seed = sample.seed;
    let mut chance = Chance::new(seed);
    let moments = sample.moments(recording, &mut chance);
    let (mut platter, mut done) = (Platter::default(), 0);
    let mut cuts = 0;
    for moment in moments {
        for next in &recording.done[done..moment] {
            platter.does(next, &mut chance);
        }
        done = moment;
        for unsynced in Unsynced::ALL {
            let folder = Folder::new();
            platter.write_out(unsynced, &mut chance, folder.path());
            let place = format!("seed {seed}, moment {moment}, unsynced {unsynced:?}");
            assert_survived(&folder, recording, moment, &place);
            cuts += 1;
        }
    }
    cuts
}

#[test]
fn whenever_the_power_goes_every_acknowledged_batch_is_there_and_none_in_part() {
    let drive = Drive::new();
    let recording = play(&drive, None);
    assert_is_a_full_play(&recording);
    let cuts = cut(
        &recording,
        Sample {
            from: 0,
            count: (!all_of_them()).then_some(MOMENTS),
            seed: 1,
        },
    );
    println!(
        "{} things done, the power cut {cuts} times",
        recording.done.len()
    );
}

/// The play has all that a disk is asked for: else the cuts would tell little.
#[track_caller]
fn assert_is_a_full_play(recording: &Recording) {
    let count = |kind: fn(&Done) -> bool| recording.done.iter().filter(|done| kind(done)).count();
    let deleted = count(|done| matches!(done, Done::Deleted { .. }));
    assert!(
        deleted > 2,
        "the journal of the first opening, and the log of each closing"
    );
    let cuts = count(|done| matches!(done, Done::Cut { .. }));
    assert!(
        cuts > 2,
        "the log is wiped for a note, for a closed day and at the start"
    );
    let noted = recording.marks.iter().filter(|mark| mark.note.is_some());
    assert!(noted.count() > 5, "a visit has a note for a while");
    let days = recording
        .marks
        .iter()
        .filter_map(|mark| mark.desk.state.day());
    let days: BTreeSet<_> = days.map(|day| day.date).collect();
    assert_eq!(days.len(), 2, "a day is closed and the next one opened");
}

/// A sync that failed is not made good by a later one that goes well.
#[test]
fn after_a_failed_sync_a_loss_of_power_takes_nothing_that_was_acknowledged() {
    let drive = Drive::new();
    let (step, count) = if all_of_them() {
        (1, MOMENTS)
    } else {
        (11, MOMENTS_AFTER_FAULT)
    };
    for spared in (0..).step_by(step) {
        let fault = Fault {
            of: Kind::Sync,
            code: rusqlite::ffi::SQLITE_IOERR_FSYNC,
            spared,
            times: 1,
        };
        let recording = play(&drive, Some(fault));
        let failed = |done: &Done| matches!(done, Done::NotSynced { .. });
        let Some(from) = recording.done.iter().position(failed) else {
            assert!(spared > 20, "every commit syncs");
            return;
        };
        let sample = Sample {
            from,
            count: Some(count),
            seed: u64::try_from(spared).expect("a small figure"),
        };
        cut(&recording, sample);
    }
}

#[test]
fn the_power_may_go_again_while_the_office_starts_anew() {
    let drive = Drive::new();
    let (starts, count) = if all_of_them() {
        (ALL_STARTS, None)
    } else {
        (STARTS, Some(MOMENTS_AFTER_FAULT))
    };
    let first = play(&drive, None);
    let mut chance = Chance::new(2);
    let mut platter = Platter::default();
    let part = first.done.len().div_ceil(starts);
    for (seed, done) in (0..).zip(first.done.chunks(part)) {
        for next in done {
            platter.does(next, &mut chance);
        }
        let folder = Folder::new();
        platter.write_out(Unsynced::Torn, &mut chance, folder.path());
        let (from, recording) = starts_anew(&drive, &folder, &first.marks);
        cut(&recording, Sample { from, count, seed });
    }
}

/// A start on what a loss of power left, and one batch; with the moment at which it began.
fn starts_anew(drive: &Drive, folder: &Folder, marks: &[Mark]) -> (usize, Recording) {
    drive.watches(folder.path());
    let from = drive.moment();
    let opened = folder.open();
    let there = marks.iter().rfind(|mark| mark.desk.state == opened.state);
    let there = there.expect("a state that was");
    let is_noted = opened.store.note(noted()).expect("readable").is_some();
    let beginning = Mark {
        key: "nothing".to_owned(),
        note: there.note.filter(|_| is_noted),
        handed_at: 0,
        end: End::Acknowledged { at: 0 },
        ..there.clone()
    };
    let mut goes_on = Mark {
        key: "goes on".to_owned(),
        handed_at: drive.moment(),
        ..beginning.clone()
    };
    commit(&opened.store, next_batch(&mut goes_on.desk, "goes on"));
    let at = drive.moment();
    goes_on.end = End::Acknowledged { at };
    opened.store.close();
    let recording = Recording {
        done: drive.looks_away(),
        marks: vec![beginning, goes_on],
        forgets_before: Timestamp::MIN,
    };
    (from, recording)
}
