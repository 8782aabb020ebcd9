//! Figures, not a test: what this disk takes.

use std::time::{Duration, Instant};

use aufruf_engine::{Event, EventSeq, Record, TicketId};
use aufruf_store::Batch;

use crate::house::{Desk, Folder, answer, commit};

#[test]
#[ignore = "prints figures; run it alone, in a release build"]
fn commits_and_answers_a_second() {
    const BATCHES: u32 = 400;
    for size in [1, 8, 64, 256] {
        let (folder, mut desk) = (Folder::new(), Desk::new());
        let store = folder.open().store;
        commit(
            &store,
            Batch {
                records: desk.opens(),
                answers: vec![],
                ..Batch::default()
            },
        );
        let first = desk.issues(1).remove(0);
        let batches: Vec<Batch> = (0..BATCHES)
            .map(|n| tickets(&first, n * size, size))
            .collect();
        let commits = timed(batches, |batch| commit(&store, batch));
        let commands = f64::from(size) / commits.mean.as_secs_f64();
        eprintln!("{size:>4} commands a batch: {commands:>9.0} a second, {commits}");
        let keys: Vec<_> = (0..BATCHES).map(|n| n.to_string()).collect();
        let answers = timed(keys, |key| {
            store
                .answer("panel-1", &key)
                .expect("readable")
                .expect("kept");
        });
        eprintln!("     one answer: {answers}");
    }
}

/// `count` tickets like the first, each with its answer. The engine is left out: its checks of a
/// debug build would be what is measured.
fn tickets(first: &Record, from: u32, count: u32) -> Batch {
    let (mut records, mut answers) = (Vec::new(), Vec::new());
    for n in from..from + count {
        let mut record = first.clone();
        record.seq = EventSeq(first.seq.0 + u64::from(n));
        if let Event::TicketIssued { ticket, .. } = &mut record.event {
            *ticket = TicketId(uuid::Uuid::from_u128(u128::from(n) + 1));
        }
        records.push(record);
        answers.push(answer(&n.to_string(), first.at, &"x".repeat(600)));
    }
    Batch {
        records,
        answers,
        ..Batch::default()
    }
}

struct Times {
    mean: Duration,
    p99: Duration,
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mean {:?}, p99 {:?}", self.mean, self.p99)
    }
}

#[expect(clippy::disallowed_methods, reason = "measures; records nothing")]
fn timed<T>(items: Vec<T>, mut work: impl FnMut(T)) -> Times {
    let mut times: Vec<Duration> = items
        .into_iter()
        .map(|item| {
            let start = Instant::now();
            work(item);
            start.elapsed()
        })
        .collect();
    times.sort();
    let count = u32::try_from(times.len()).expect("a few hundred");
    Times {
        mean: times.iter().sum::<Duration>() / count,
        p99: times[times.len() * 99 / 100],
    }
}
