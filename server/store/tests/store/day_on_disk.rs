//! The day as the command line reads it, beside a running server or without one.

use std::collections::BTreeMap;
use std::path::Path;

use aufruf_store::{StoreError, put_office_document, read_day};

use crate::house::{Desk, Folder, Wish, batch, commit};

/// Every file of the folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).expect("the folder");
    let files = files.map(|file| file.expect("a file").path());
    files
        .map(|file| {
            (
                file.display().to_string(),
                std::fs::read(&file).expect("readable"),
            )
        })
        .collect()
}

#[test]
fn beside_a_running_server_the_day_is_read_as_it_is_on_disk_after_each_batch() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    for wish in [Wish::Issue(0), Wish::Issue(1), Wish::Open(0), Wish::Next(0)] {
        commit(&store, batch(desk.asks(wish)));
        let read = read_day(folder.path()).expect("readable").expect("a day");
        assert_eq!(read.state, desk.state);
    }
    store.snapshot().expect("a snapshot");
    commit(&store, batch(desk.asks(Wish::Issue(2))));
    let read = read_day(folder.path()).expect("readable").expect("a day");
    assert_eq!(
        read.state, desk.state,
        "from the snapshot and what follows it"
    );
}

#[test]
fn reading_a_day_without_a_server_changes_no_file_and_leaves_none_behind() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    store.close();
    let before = files(folder.path());
    let read = read_day(folder.path()).expect("readable").expect("a day");
    assert_eq!(read.state, desk.state);
    assert!(files(folder.path()) == before);
}

#[test]
fn where_nothing_was_applied_there_is_no_day() {
    let folder = Folder::new();
    assert!(read_day(folder.path()).expect("readable").is_none());
    assert!(files(folder.path()).is_empty(), "nothing was made");
}

#[test]
fn before_the_first_start_there_is_an_office_and_no_day() {
    let (folder, desk) = (Folder::new(), Desk::new());
    put_office_document(folder.path(), "[office]", None, desk.now).expect("stored");
    let read = read_day(folder.path())
        .expect("readable")
        .expect("an office");
    assert!(read.state.day().is_none());
    assert_eq!(
        read.document.map(|document| document.text).as_deref(),
        Some("[office]")
    );
}

#[test]
fn the_document_is_the_one_that_the_day_follows() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    put_office_document(folder.path(), "first", None, desk.now).expect("stored");
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    let version = desk.state.office().map(|office| office.version);
    assert_eq!(version, Some(1), "the day follows the first");
    put_office_document(folder.path(), "second", None, desk.now).expect("stored");
    let read = read_day(folder.path()).expect("readable").expect("a day");
    assert_eq!(
        read.document.map(|document| document.text).as_deref(),
        Some("first")
    );
}

#[test]
fn a_database_of_another_program_is_no_day() {
    let folder = Folder::new();
    folder.meddle("CREATE TABLE recipes (name TEXT)");
    let refused = read_day(folder.path()).expect_err("foreign");
    assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
}
