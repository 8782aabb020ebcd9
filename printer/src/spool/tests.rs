//! The spool as a restart finds it, at each of its states.

use std::fs;

use aufruf_protocol::latest::{PrintDocument, TicketId};
use uuid::Uuid;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("an instant")
}

fn job(id: &str) -> PrintJob {
    PrintJob {
        id: JobId::new(id),
        ticket: TicketId(Uuid::nil()),
        number: "A012".to_owned(),
        expires_at: at(600),
        document: PrintDocument {
            language: "de".to_owned(),
            blocks: Vec::new(),
        },
    }
}

fn report(id: &str, outcome: PrintOutcome) -> PrintReport {
    PrintReport {
        job: JobId::new(id),
        outcome,
        reason: None,
    }
}

/// A folder that outlives the processes that open it.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn spool(&self) -> Spool {
        self.spool_at(0)
    }

    #[track_caller]
    fn spool_at(&self, seconds: i64) -> Spool {
        Spool::open(self.0.path(), at(seconds)).expect("the spool")
    }
}

fn waiting(spool: &Spool) -> Vec<&str> {
    spool.waiting().map(|job| job.id.as_str()).collect()
}

#[test]
fn a_job_is_taken_once_and_waits_in_the_order_it_came() {
    let office = Office::new();
    let mut spool = office.spool();
    for (id, seconds) in [("b-1", 1), ("a-1", 2)] {
        let taken = spool.offer(&job(id), at(seconds)).expect("taken");
        assert_eq!(taken, Offered::Taken);
    }
    assert_eq!(
        spool.offer(&job("b-1"), at(3)).expect("known"),
        Offered::InHand
    );
    assert_eq!(waiting(&spool), ["b-1", "a-1"]);
    drop(spool);
    assert_eq!(waiting(&office.spool()), ["b-1", "a-1"], "after a restart");
}

#[test]
fn a_job_that_was_only_received_when_the_power_failed_is_still_to_be_printed() {
    let office = Office::new();
    office.spool().offer(&job("a-1"), at(0)).expect("taken");
    let mut spool = office.spool();
    assert_eq!(spool.waiting().next(), Some(&job("a-1")));
    assert_eq!(
        spool.offer(&job("a-1"), at(1)).expect("known"),
        Offered::InHand
    );
}

#[test]
fn a_job_that_was_being_sent_when_the_power_failed_is_doubtful_and_not_repeated() {
    let office = Office::new();
    let mut spool = office.spool();
    spool.offer(&job("a-1"), at(0)).expect("taken");
    spool.begin(&job("a-1").id, at(1)).expect("begun");
    drop(spool);
    for _ in 0..2 {
        let mut spool = office.spool();
        assert!(waiting(&spool).is_empty());
        match spool.offer(&job("a-1"), at(2)).expect("known") {
            Offered::Done(report) => assert_eq!(report.outcome, PrintOutcome::Doubtful),
            other => panic!("wanted done, got {other:?}"),
        }
    }
}

#[test]
fn a_job_that_was_done_when_the_power_failed_keeps_its_outcome() {
    let office = Office::new();
    let mut spool = office.spool();
    spool.offer(&job("a-1"), at(0)).expect("taken");
    spool.begin(&job("a-1").id, at(1)).expect("begun");
    let printed = report("a-1", PrintOutcome::Printed);
    spool.finish(printed.clone(), at(2)).expect("done");
    drop(spool);
    let offered = office.spool().offer(&job("a-1"), at(3)).expect("known");
    assert_eq!(offered, Offered::Done(printed));
}

#[test]
fn a_power_cut_in_the_middle_of_a_write_leaves_the_state_before() {
    let office = Office::new();
    let mut spool = office.spool();
    spool.offer(&job("a-1"), at(0)).expect("taken");
    drop(spool);
    fs::write(office.0.path().join("a-1.json.tmp"), "{\"state\":\"sen").expect("half a write");
    fs::write(office.0.path().join("b-1.json.tmp"), "").expect("half a write");
    let mut spool = office.spool();
    assert_eq!(waiting(&spool), ["a-1"]);
    assert_eq!(
        spool.offer(&job("b-1"), at(1)).expect("new"),
        Offered::Taken
    );
}

#[test]
fn a_file_that_cannot_be_read_makes_its_job_doubtful() {
    let office = Office::new();
    fs::write(office.0.path().join("a-1.json"), "rubbish").expect("rubbish");
    match office.spool().offer(&job("a-1"), at(1)).expect("known") {
        Offered::Done(report) => assert_eq!(report.outcome, PrintOutcome::Doubtful),
        other => panic!("wanted done, got {other:?}"),
    }
}

#[test]
fn a_job_is_begun_once() {
    let office = Office::new();
    let mut spool = office.spool();
    let id = job("a-1").id;
    assert!(matches!(
        spool.begin(&id, at(0)),
        Err(SpoolError::NotWaiting(_))
    ));
    spool.offer(&job("a-1"), at(0)).expect("taken");
    spool.begin(&id, at(1)).expect("begun");
    assert!(matches!(
        spool.begin(&id, at(2)),
        Err(SpoolError::NotWaiting(_))
    ));
}

#[test]
fn nothing_is_begun_that_cannot_be_written_down() {
    let office = Office::new();
    let mut spool = office.spool();
    spool.offer(&job("a-1"), at(0)).expect("taken");
    fs::remove_dir_all(office.0.path()).expect("the disk is gone");
    assert!(spool.begin(&job("a-1").id, at(1)).is_err());
    assert_eq!(waiting(&spool), ["a-1"]);
    assert!(spool.offer(&job("b-1"), at(1)).is_err());
    assert_eq!(waiting(&spool), ["a-1"]);
}

#[test]
fn done_jobs_are_forgotten_after_a_day_and_their_files_with_them() {
    let office = Office::new();
    let mut spool = office.spool();
    for (id, seconds) in [("a-1", 0), ("b-1", 3_600)] {
        spool.offer(&job(id), at(seconds)).expect("taken");
        let done = report(id, PrintOutcome::Expired);
        spool.finish(done, at(seconds)).expect("done");
    }
    drop(spool);
    let mut spool = office.spool_at(24 * 3_600 + 1);
    assert!(!office.0.path().join("a-1.json").exists());
    let later = at(24 * 3_600 + 1);
    assert!(matches!(
        spool.offer(&job("b-1"), later),
        Ok(Offered::Done(_))
    ));
    assert!(matches!(
        spool.offer(&job("a-1"), later),
        Ok(Offered::Taken)
    ));
}

#[test]
fn the_number_of_remembered_jobs_is_limited() {
    let office = Office::new();
    let mut spool = office.spool();
    for nth in 0..=DONE_KEPT {
        let id = JobId::new(format!("{nth}-1"));
        spool.done.push_back((at(0), id.clone()));
        let done = report(id.as_str(), PrintOutcome::Printed);
        spool.records.insert(
            id,
            Record::Done {
                report: done,
                ended_at: at(0),
            },
        );
    }
    spool.offer(&job("a-1"), at(1)).expect("taken");
    let done = report("a-1", PrintOutcome::Printed);
    spool.finish(done, at(1)).expect("done");
    assert_eq!(
        (spool.records.len(), spool.done.len()),
        (DONE_KEPT, DONE_KEPT)
    );
    assert!(!spool.records.contains_key(&JobId::new("0-1")));
    assert!(spool.records.contains_key(&JobId::new("a-1")));
}

#[test]
fn a_spool_without_a_printer_does_not_grow_for_ever() {
    let office = Office::new();
    let mut spool = office.spool();
    for nth in 0..WAITING_KEPT {
        spool
            .offer(&job(&format!("{nth}-1")), at(0))
            .expect("taken");
    }
    assert!(matches!(
        spool.offer(&job("a-1"), at(0)),
        Err(SpoolError::Full)
    ));
}

#[test]
fn two_agents_cannot_share_a_spool() {
    let office = Office::new();
    let _first = office.spool();
    let second = Spool::open(office.0.path(), at(0));
    assert!(matches!(second, Err(SpoolError::InUse { .. })));
}

#[test]
fn the_files_of_one_job_as_they_stand_on_disk() {
    let office = Office::new();
    let mut spool = office.spool();
    let read = || fs::read_to_string(office.0.path().join("a-1.json")).expect("a file");
    let mut files = Vec::new();
    spool.offer(&job("a-1"), at(0)).expect("taken");
    files.push(read());
    spool.begin(&job("a-1").id, at(1)).expect("begun");
    files.push(read());
    let done = report("a-1", PrintOutcome::Printed);
    spool.finish(done, at(2)).expect("done");
    files.push(read());
    insta::assert_snapshot!(files.join("\n"));
}
