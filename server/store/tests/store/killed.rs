//! Power cuts and SIGKILL: what was acknowledged is there, and a batch is there in full or not at all.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use aufruf_engine::State;
use aufruf_store::{Batch, Store};

use crate::house::{Desk, Folder, Wish, answer, commit, until};

const FOLDER: &str = "AUFRUF_TEST_KILLED_FOLDER";
/// Long enough that the log is taken in many times meanwhile.
const BATCHES: u16 = 3000;

/// The n-th batch of an office that always does the same; 0 opens the day.
fn nth_batch(desk: &mut Desk, n: u16) -> Batch {
    let figure = n.to_le_bytes()[0];
    let mut records = match n {
        0 => desk.opens(),
        _ => desk.issues(1 + figure % 4),
    };
    for wish in [
        Wish::Open(0),
        Wish::Next(0),
        Wish::Recall(figure),
        Wish::Finish(figure),
    ] {
        records.extend(desk.asks(wish));
    }
    let body = "x".repeat(10_000);
    Batch {
        records,
        answers: vec![answer(&n.to_string(), desk.now, &body)],
        ..Batch::default()
    }
}

/// The states after each of the first batches, the empty one first.
fn states(count: u16) -> Vec<State> {
    let mut desk = Desk::new();
    let after = (0..count).map(|n| {
        nth_batch(&mut desk, n);
        desk.state.clone()
    });
    std::iter::once(State::default()).chain(after).collect()
}

/// How many whole batches this state has.
#[track_caller]
fn batches_in(state: &State) -> u16 {
    let mut desk = Desk::new();
    for count in 0..=BATCHES {
        if desk.state.last_seq() == state.last_seq() && &desk.state == state {
            return count;
        }
        nth_batch(&mut desk, count);
    }
    panic!(
        "a state that was never committed, at record {}",
        state.last_seq().0
    );
}

#[test]
#[ignore = "not a test by itself: the office that is killed by the test below"]
fn an_office_that_commits_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let store = Store::open(Path::new(&folder))
        .expect("the store opens")
        .store;
    let (mut desk, mut out) = (Desk::new(), std::io::stdout());
    for n in 0..BATCHES {
        commit(&store, nth_batch(&mut desk, n));
        writeln!(out, "acknowledged {n}")
            .and_then(|()| out.flush())
            .expect("the parent listens");
        if n % 50 == 49 {
            store.snapshot().expect("a snapshot is written");
        }
    }
}

#[test]
fn after_a_kill_every_acknowledged_batch_is_there_and_none_in_part() {
    for kill_after in [1, 40, 450] {
        let folder = Folder::new();
        let acknowledged = run_and_kill(&folder, kill_after);
        let opened = folder.open();
        let there = batches_in(&opened.state);
        assert!(
            there > acknowledged,
            "{there} of {acknowledged} acknowledged after 0"
        );
        let last = opened
            .store
            .answer("panel-1", &acknowledged.to_string())
            .expect("readable");
        assert!(last.is_some(), "the answer came with its batch");
        let next = opened
            .store
            .answer("panel-1", &there.to_string())
            .expect("readable");
        assert_eq!(next, None, "no answer without its batch");
    }
}

/// Runs an office, kills it after some acknowledgements, and says which was the last one.
fn run_and_kill(folder: &Folder, kill_after: usize) -> u16 {
    let mut office = Command::new(env::current_exe().expect("this program"))
        .args(["killed::an_office_that_commits_until_it_is_killed"])
        .args(["--exact", "--ignored", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the office starts");
    let mut lines = BufReader::new(office.stdout.take().expect("a pipe")).lines();
    let mut number = || {
        let mut said = lines.by_ref().map(|line| line.expect("words"));
        said.find_map(|line| line.split_once("acknowledged ")?.1.parse().ok())
    };
    for _ in 0..kill_after {
        number().expect("the office works");
    }
    office.kill().expect("SIGKILL");
    office.wait().expect("it is dead");
    std::iter::from_fn(number)
        .last()
        .unwrap_or_else(|| u16::try_from(kill_after - 1).expect("a small figure"))
}

#[test]
fn wherever_the_log_was_cut_the_store_opens_with_whole_batches() {
    const COUNT: u16 = 30;
    let folder = Folder::new();
    let store = folder.open().store;
    // A start wipes the log, on a thread of its own: the batches shall stand in it alone and whole.
    until(|| fs::metadata(log_of(&folder)).is_ok_and(|log| log.len() == 0));
    let mut desk = Desk::new();
    for n in 0..COUNT {
        commit(&store, nth_batch(&mut desk, n));
    }
    let (database, log) = (fs::read(folder.database()), fs::read(log_of(&folder)));
    let (database, log) = (database.expect("the file"), log.expect("its log"));
    let states = states(COUNT);
    let mut before = 0;
    for cut in (0..log.len()).step_by(17_977).chain([log.len()]) {
        let copy = Folder::new();
        fs::write(copy.database(), &database).expect("copied");
        fs::write(log_of(&copy), &log[..cut]).expect("copied");
        let state = copy.open().state;
        let there = states
            .iter()
            .position(|known| known == &state)
            .expect("whole batches");
        assert!(there >= before, "a longer log has no fewer batches");
        before = there;
    }
    assert_eq!(before, usize::from(COUNT), "the whole log has all");
}

fn log_of(folder: &Folder) -> std::path::PathBuf {
    folder.path().join("aufruf.db-wal")
}
