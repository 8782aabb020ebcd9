//! The office's own authority on disk.

use super::*;
use crate::tls::Certificates;
use std::os::unix::fs::PermissionsExt;

fn config(names: &[&str]) -> TlsConfig {
    TlsConfig {
        listen: "127.0.0.1:0".parse().expect("an address"),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        certificate: None,
        key: None,
        announce: false,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[test]
fn the_authority_stays_while_the_servers_certificate_is_made_anew_in_time() {
    let data = tempfile::tempdir().expect("a folder");
    let first =
        Certificates::open(&config(&[]), data.path(), at("2026-11-23T08:00:00Z")).expect("made");
    let (authority, ends) = (first.authority_sha256(), first.ends());
    let again =
        Certificates::open(&config(&[]), data.path(), at("2027-06-01T08:00:00Z")).expect("read");
    assert_eq!(
        (again.authority_sha256(), again.ends()),
        (authority.clone(), ends)
    );
    again.renew(at("2027-12-10T08:00:00Z")).expect("made anew");
    assert_eq!(again.authority_sha256(), authority);
    assert!(again.ends() > ends);
}

#[test]
fn another_name_is_in_the_next_certificate() {
    let data = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T08:00:00Z");
    Certificates::open(&config(&[]), data.path(), now).expect("made");
    let renamed = Certificates::open(
        &config(&["Warten.Rathaus.Example", "10.0.0.5"]),
        data.path(),
        now,
    );
    let names = names_in(&renamed.expect("made").shown.chain());
    for name in [
        "warten.rathaus.example",
        "10.0.0.5",
        SERVER_NAME,
        "localhost",
    ] {
        assert!(
            names.iter().any(|known| known == name),
            "{name} in {names:?}"
        );
    }
}

#[test]
fn nobody_else_can_read_the_keys() {
    let data = tempfile::tempdir().expect("a folder");
    Certificates::open(&config(&[]), data.path(), at("2026-11-23T08:00:00Z")).expect("made");
    let folder = data.path().join(TLS_FOLDER);
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    for name in [AUTHORITY_KEY, SERVER_KEY] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[test]
fn a_cut_between_key_and_certificate_is_mended_at_the_next_start() {
    let data = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T08:00:00Z");
    let before = Certificates::open(&config(&[]), data.path(), now)
        .expect("made")
        .authority_sha256();
    let folder = data.path().join(TLS_FOLDER);
    fs::remove_file(folder.join(SERVER)).expect("the cut");
    let after = Certificates::open(&config(&[]), data.path(), now).expect("made anew");
    assert_eq!(after.authority_sha256(), before);
}

#[test]
fn a_spoilt_certificate_is_made_anew_and_a_lost_authority_never() {
    let data = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T08:00:00Z");
    let opened = || Certificates::open(&config(&[]), data.path(), now);
    let before = opened().expect("made").authority_sha256();
    let folder = data.path().join(TLS_FOLDER);
    fs::write(folder.join(SERVER), "").expect("spoilt");
    assert_eq!(opened().expect("made anew").authority_sha256(), before);
    let key = fs::read(folder.join(AUTHORITY_KEY)).expect("a key");
    fs::remove_file(folder.join(AUTHORITY)).expect("lost");
    let told = opened().expect_err("no authority").to_string();
    assert!(told.contains("authority.pem is gone"), "{told}");
    assert_eq!(fs::read(folder.join(AUTHORITY_KEY)).expect("kept"), key);
}

#[test]
fn an_authority_that_was_cut_off_while_it_was_made_is_finished() {
    let data = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T08:00:00Z");
    let opened = || Certificates::open(&config(&[]), data.path(), now).expect("made");
    let before = opened().authority_sha256();
    let folder = data.path().join(TLS_FOLDER);
    fs::rename(folder.join(AUTHORITY_KEY), folder.join(MADE_KEY)).expect("the cut");
    assert_eq!(opened().authority_sha256(), before);
    assert!(folder.join(AUTHORITY_KEY).exists());
}

#[test]
fn a_certificate_of_another_authority_is_not_taken_while_the_server_runs() {
    let data = tempfile::tempdir().expect("a folder");
    let now = at("2026-11-23T08:00:00Z");
    let running = Certificates::open(&config(&[]), data.path(), now).expect("made");
    let before = running.authority_sha256();
    fs::remove_dir_all(data.path().join(TLS_FOLDER)).expect("somebody begins anew");
    let told = running
        .renew(now)
        .expect_err("another authority")
        .to_string();
    assert!(told.contains("pair all devices anew"), "{told}");
    assert_eq!(running.authority_sha256(), before);
}
