//! The office's document, stored by the command line beside a running server or without one.

use aufruf_store::{OfficeDocument, StoreError, put_office_document, read_office_document};

use crate::house::{Desk, Folder, batch, commit};

#[test]
fn an_office_is_stored_before_the_first_start_and_the_server_finds_it() {
    let (folder, desk) = (Folder::new(), Desk::new());
    assert_eq!(read_office_document(folder.path()).expect("readable"), None);
    let version = put_office_document(folder.path(), "[office]", Some(0), desk.now);
    assert_eq!(version.expect("stored"), 1);
    let stored = OfficeDocument {
        version: 1,
        text: "[office]".to_owned(),
        applied_at: desk.now,
    };
    let store = folder.open().store;
    assert_eq!(store.office_document().expect("readable"), Some(stored));
}

#[test]
fn an_office_is_stored_while_the_server_commits() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    for expected in 1..=3 {
        let version = put_office_document(folder.path(), "[office]", None, desk.now);
        assert_eq!(version.expect("stored"), expected);
        commit(&store, batch(desk.issues(1)));
    }
    let here = store.office_document().expect("readable");
    assert_eq!(here.as_ref().map(|document| document.version), Some(3));
    assert_eq!(read_office_document(folder.path()).expect("readable"), here);
}

#[test]
fn a_change_made_from_an_older_version_is_refused() {
    let (folder, desk) = (Folder::new(), Desk::new());
    for _ in 0..2 {
        put_office_document(folder.path(), "[office]", None, desk.now).expect("stored");
    }
    let stale = put_office_document(folder.path(), "mine", Some(1), desk.now)
        .expect_err("somebody else stored version 2");
    assert!(
        matches!(
            stale,
            StoreError::StaleDocument {
                base: 1,
                current: 2
            }
        ),
        "{stale}"
    );
    assert!(stale.to_string().contains("export it again"), "{stale}");
    let current = read_office_document(folder.path())
        .expect("readable")
        .expect("there");
    assert_eq!(current.text, "[office]");
}
