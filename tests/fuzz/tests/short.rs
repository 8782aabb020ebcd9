//! The short run: the committed corpus, and seeded changes of it.

use std::fs;
use std::path::Path;

use aufruf_fuzz::chance::Chance;
use aufruf_fuzz::mutate::mutate;
use aufruf_fuzz::{http_bodies, journal_reader, office_file, ws_messages};

/// Feeds the target with its corpus, then with so many changes of it. What fails is told with its bytes.
fn holds(target: &str, takes: fn(&[u8]), changes: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a corpus")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files
        .iter()
        .map(|file| fs::read(file).expect("an input"))
        .collect();
    assert!(corpus.len() > 5, "{target} has a corpus");
    for (file, input) in files.iter().zip(&corpus) {
        println!("{}", file.display());
        takes(input);
    }
    let mut chance = Chance::from(2026);
    for nth in 0..changes {
        let input = chance.one_of(&corpus).map(Vec::as_slice);
        let fresh = mutate(input.unwrap_or_default(), &corpus, &mut chance);
        println!("change {nth}: {:?}", String::from_utf8_lossy(&fresh));
        takes(&fresh);
    }
}

#[test]
fn whatever_is_asked_over_http_is_answered_or_refused_with_a_reason() {
    holds("http_bodies", http_bodies::takes, 1_500);
}

#[test]
fn whatever_is_said_over_the_push_channel_office_and_devices_go_on() {
    holds("ws_messages", ws_messages::takes, 4_000);
}

#[test]
fn whatever_an_office_file_says_is_an_office_or_a_fault() {
    holds("office_file", office_file::takes, 3_000);
}

#[test]
fn a_changed_journal_is_refused_or_says_the_same() {
    holds("journal_reader", journal_reader::takes, 10_000);
}

#[test]
fn a_database_with_any_bytes_changed_is_refused_or_says_the_same() {
    let mut chance = Chance::from(7);
    for _ in 0..600 {
        let mut input = vec![b'F'];
        for _ in 0..4 * (1 + chance.below(12)) {
            input.push(u8::try_from(chance.below(256)).unwrap_or(0));
        }
        println!("{input:?}");
        journal_reader::takes(&input);
    }
}
