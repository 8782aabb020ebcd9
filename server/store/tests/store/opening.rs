//! What keeps a store from being opened.

use aufruf_store::{StoreError, put_office_document};

use crate::house::{Desk, Folder, batch, commit};

#[test]
fn a_second_server_on_the_same_folder_is_refused_until_the_first_has_stopped() {
    let folder = Folder::new();
    let first = folder.open();
    let refused = folder.refusal();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    assert!(refused.to_string().contains("another server"), "{refused}");
    first.store.close();
    folder.open();
}

#[test]
fn the_folder_is_free_when_the_last_handle_is_gone() {
    let folder = Folder::new();
    let (one, two) = {
        let store = folder.open().store;
        (store.clone(), store)
    };
    drop(one);
    folder.refusal();
    drop(two);
    folder.open();
}

#[test]
fn a_closed_store_says_so_to_those_who_still_have_it() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    let other = store.clone();
    store.close();
    let refused = other
        .commit(batch(desk.opens()))
        .blocking_recv()
        .expect("an answer");
    assert_eq!(
        refused.expect_err("closed").to_string(),
        "the store is closed"
    );
    assert!(matches!(other.office_document(), Err(StoreError::Closed)));
    assert!(matches!(other.rebuild(), Err(StoreError::Closed)));
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_as_it_is() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    store.close();
    folder.meddle("PRAGMA user_version = 99");
    let refused = folder.refusal();
    assert!(
        matches!(refused, StoreError::NewerDatabase { found: 99, .. }),
        "{refused}"
    );
    let words = refused.to_string();
    assert!(
        words.contains("schema 99") && words.contains("aufruf.db"),
        "{words}"
    );
    let refused = put_office_document(folder.path(), "[office]", None, desk.now);
    assert!(matches!(refused, Err(StoreError::NewerDatabase { .. })));
    assert_eq!(folder.count("PRAGMA user_version"), 99);
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let folder = Folder::new();
    folder.meddle("CREATE TABLE recipes (name TEXT)");
    let before = std::fs::read(folder.database()).expect("the file");
    let refused = folder.refusal();
    assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
    assert_eq!(std::fs::read(folder.database()).expect("the file"), before);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = Folder::new();
    let letter = "Dear office, ".repeat(1000);
    std::fs::write(folder.database(), &letter).expect("written");
    let refused = folder.refusal();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
    assert_eq!(
        std::fs::read_to_string(folder.database()).expect("still there"),
        letter
    );
}
