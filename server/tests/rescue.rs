//! `aufruf-server backup|restore|verify|export|day start` as they are called, on an office with a day.

mod office_box;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use aufruf_engine::{
    Actor, Command as Wish, IssueTicket, Language, Priority, ServiceKey, Source, State, TicketId,
    step,
};
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::config::TlsConfig;
use aufruf_server::office::OfficeDocument;
use aufruf_server::tls::Certificates;
use aufruf_store::{Access, Batch, Opened, Store, office_id};
use uuid::Uuid;

use office_box::OfficeBox;

impl OfficeBox {
    /// With an office that has an open day, on which three people have a ticket.
    fn with_a_day() -> Self {
        let office = Self::bare();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
        office.printed(&["office", "apply", file]);
        let text = fs::read_to_string(file).expect("the demo office");
        let document = OfficeDocument::parse(&text).expect("a sound office");
        let wish = Wish::UseOffice {
            office: document.to_engine(1).into(),
        };
        office.does(&[wish, comes(1), comes(2), comes(3)]);
        office
    }

    fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    fn does(&self, wishes: &[Wish]) {
        let Opened { store, mut state } = Store::open(&self.data()).expect("a sound folder");
        let (by, now) = (Actor::new("panel-1"), SystemClock.now());
        let records = wishes
            .iter()
            .flat_map(|wish| step(&mut state, wish, &by, now).expect("the engine says yes"));
        let batch = Batch {
            records: records.collect(),
            ..Batch::default()
        };
        let written = store.commit(batch).blocking_recv().expect("an answer");
        written.expect("the batch is on disk");
        store.close();
    }

    fn state(&self) -> State {
        Store::open(&self.data()).expect("a sound folder").state
    }

    /// The numbers of today's tickets, in order.
    fn numbers(&self) -> Vec<String> {
        let state = self.state();
        let mut numbers: Vec<String> = state.tickets().map(|t| t.number.label.clone()).collect();
        numbers.sort();
        numbers
    }

    /// The disk has spoiled the middle of the database.
    fn is_damaged(&self) {
        let file = self.data().join("aufruf.db");
        let mut bytes = fs::read(&file).expect("the database");
        let pages = bytes.len() / 4096;
        bytes[4096..pages * 4096].fill(0xA5);
        fs::write(&file, bytes).expect("written");
        assert!(Store::open(&self.data()).is_err());
    }
}

/// Somebody takes a ticket at a panel.
fn comes(nth: u64) -> Wish {
    Wish::IssueTicket(IssueTicket {
        ticket: TicketId(Uuid::from_u64_pair(7, nth)),
        services: vec![ServiceKey::new("move")],
        language: Language::new("de"),
        needs: std::collections::BTreeSet::new(),
        persons: 1,
        priority: Priority::WALK_IN,
        source: Source::Counter,
        shown: None,
    })
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn a_damaged_office_goes_on_from_its_newest_backup() {
    let office = OfficeBox::with_a_day();
    let told = office.printed(&["backup"]);
    assert!(told.contains("with 3 tickets"), "{told}");
    let before = office.state();
    office.does(&[comes(4)]);
    office.is_damaged();

    let fault = office.fault(&["verify"]);
    assert!(
        fault.contains("aufruf.db") && fault.contains("damaged"),
        "{fault}"
    );
    let told = office.printed(&["restore", "--latest"]);
    assert!(told.contains("--numbers-from"), "{told}");
    assert!(told.contains("delete the folder"), "{told}");
    assert_eq!(office.state(), before);
    let told = office.printed(&["verify"]);
    assert!(told.contains("is sound"), "{told}");
}

/// B004 was given after the backup, and somebody holds it.
#[test]
fn numbers_that_were_given_after_the_backup_are_not_given_again() {
    let office = OfficeBox::with_a_day();
    assert_eq!(office.numbers(), ["B001", "B002", "B003"]);
    office.printed(&["backup"]);
    office.does(&[comes(4)]);
    office.printed(&["restore", "--latest", "--numbers-from", "10"]);
    office.does(&[comes(5)]);
    assert_eq!(office.numbers(), ["B001", "B002", "B003", "B010"]);
}

#[test]
fn a_spare_box_takes_over_with_a_named_backup() {
    let (office, spare) = (OfficeBox::with_a_day(), OfficeBox::bare());
    let told = office.printed(&["backup", "--to", text(&spare.backups())]);
    let file = told.split(": ").next().expect("the file comes first");
    spare.printed(&["restore", file]);
    assert_eq!(spare.state(), office.state());
}

#[test]
fn without_a_backup_the_day_begins_anew_above_the_numbers_that_people_hold() {
    let office = OfficeBox::with_a_day();
    office.is_damaged();
    let fault = office.fault(&["restore", "--latest"]);
    assert!(
        fault.contains("no backup") && fault.contains("day start --fresh"),
        "{fault}"
    );
    let fault = office.fault(&["day", "start", "--fresh", "--numbers-from", "50"]);
    assert!(fault.contains("--office"), "{fault}");
    assert!(
        office.data().join("aufruf.db").exists(),
        "nothing was changed"
    );

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    let begins = [
        "day",
        "start",
        "--fresh",
        "--numbers-from",
        "50",
        "--office",
        file,
    ];
    office.printed(&begins);
    office.does(&[comes(1)]);
    assert_eq!(office.numbers(), ["B050"]);
}

#[test]
fn a_fresh_day_takes_the_office_from_the_data_or_from_a_backup() {
    let office = OfficeBox::with_a_day();
    office.printed(&["backup"]);
    let begins = ["day", "start", "--fresh", "--numbers-from", "50"];
    let told = office.printed(&begins);
    assert!(told.contains(text(&office.data())), "{told}");
    office.is_damaged();
    let told = office.printed(&begins);
    assert!(told.contains(text(&office.backups())), "{told}");
    assert_eq!(office.numbers(), Vec::<String>::new());
}

#[test]
fn a_number_that_no_series_has_changes_nothing() {
    let office = OfficeBox::with_a_day();
    let before = office.state();
    let fault = office.fault(&["day", "start", "--fresh", "--numbers-from", "4000000"]);
    assert!(fault.contains("4000000"), "{fault}");
    assert_eq!(office.state(), before);
}

#[test]
fn a_day_is_exported_as_lines_of_json() {
    let office = OfficeBox::with_a_day();
    let state = office.state();
    let day = state.day().expect("open").date.to_string();
    let lines = office.printed(&["export", &day]);
    let read = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        (
            line["seq"].as_u64(),
            line["event"].clone(),
            line["by"].clone(),
        )
    });
    let read: Vec<_> = read.collect();
    assert_eq!(read.len(), 4);
    assert_eq!(read[3], (Some(4), "ticket_issued".into(), "panel-1".into()));
    let fault = office.fault(&["export", "2020-01-01"]);
    assert!(fault.contains("no day 2020-01-01"), "{fault}");
}

#[test]
fn without_a_folder_for_backups_it_is_said_where_to_write_one() {
    let office = OfficeBox::with_a_day();
    let config = office.folder.path().join("server.toml");
    let written = fs::read_to_string(&config).expect("the file");
    let (without, _) = written.split_once("[backup]").expect("it has one");
    fs::write(&config, without).expect("written");
    for asked in [["backup"].as_slice(), &["restore", "--latest"]] {
        let fault = office.fault(asked);
        assert!(
            fault.contains("[backup]") && fault.contains("server.toml"),
            "{fault}"
        );
    }
}

#[test]
fn it_is_proved_that_nothing_personal_is_left_or_told_where_it_is() {
    let office = OfficeBox::with_a_day();
    office.printed(&["backup"]);
    let told = office.printed(&["verify", "--privacy"]);
    assert!(told.contains("nothing personal is left"), "{told}");
    let left = office.backups().join("by-hand.db");
    let visit = Uuid::from_u64_pair(7, 1);
    fs::write(&left, format!("aufruf-personal:{visit}:brings a friend")).expect("written");
    let fault = office.fault(&["verify", "--privacy"]);
    assert!(
        fault.contains("by-hand.db") && fault.contains(&visit.to_string()),
        "{fault}"
    );
    assert!(
        !fault.contains("friend"),
        "what it says is nobody's business: {fault}"
    );
}

fn named(printed: &str) -> PathBuf {
    let file = printed.split(": ").next().expect("the file comes first");
    PathBuf::from(file)
}

impl OfficeBox {
    /// With the folder of another one's backups, as a mount.
    fn sharing(&self, other: &Self) {
        let config = other.folder.path().join("server.toml");
        let written = fs::read_to_string(&config).expect("the file");
        let (ours, theirs) = (self.backups(), other.backups());
        fs::write(config, written.replace(text(&theirs), text(&ours))).expect("written");
    }

    fn passphrase(&self, words: &str, mode: u32) -> String {
        let file = self.folder.path().join("passphrase");
        fs::write(&file, format!("{words}\n")).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("ours");
        text(&file).to_owned()
    }

    fn devices(&self) -> Vec<Option<String>> {
        let access = Access::of(&self.data()).expect("a sound database");
        let devices = access.devices().expect("readable").into_iter();
        devices.map(|row| row.token_sha256).collect()
    }
}

#[test]
fn two_offices_in_one_folder_restore_their_own_and_a_spare_box_has_to_be_told_which() {
    let (ours, theirs, spare) = (
        OfficeBox::with_a_day(),
        OfficeBox::with_a_day(),
        OfficeBox::bare(),
    );
    ours.sharing(&theirs);
    ours.sharing(&spare);
    let mine = named(&ours.printed(&["backup"]));
    spare.printed(&["restore", "--latest"]);
    assert_eq!(spare.state(), ours.state(), "there is one office only");
    theirs.does(&[comes(4), comes(5)]);
    let other = named(&theirs.printed(&["backup"]));
    let told = ours.printed(&["restore", "--latest"]);
    assert!(told.contains(text(&mine)), "{told}");
    let told = spare.printed(&["restore", "--latest"]);
    assert!(told.contains(text(&mine)), "it is that office now: {told}");

    let empty = OfficeBox::bare();
    ours.sharing(&empty);
    ours.is_damaged();
    for unknown in [&empty, &ours] {
        let fault = unknown.fault(&["restore", "--latest"]);
        for file in [&mine, &other] {
            assert!(fault.contains(text(file)), "{fault}");
        }
        assert!(fault.contains("Bürgeramt Mitte"), "{fault}");
    }
    assert!(!empty.data().exists(), "nothing was changed");
    empty.printed(&["restore", text(&other)]);
    assert_eq!(empty.state(), theirs.state());
}

/// The clock was a year ahead for a while, and somebody gave it right again.
#[test]
fn a_backup_of_a_time_to_come_is_not_the_latest_one() {
    let office = OfficeBox::with_a_day();
    let past = named(&office.printed(&["backup"]));
    let name = text(&past);
    let year = &name[name.len() - 21..name.len() - 17];
    let future = PathBuf::from(name.replace(&format!("-{year}-"), "-2999-"));
    office.does(&[comes(4)]);
    fs::rename(
        named(&office.printed(&["backup", "--to", text(&office.data())])),
        &future,
    )
    .expect("moved");
    let told = office.printed(&["restore", "--latest"]);
    assert!(
        told.contains("time to come") && told.contains(text(&future)),
        "{told}"
    );
    assert_eq!(office.numbers().len(), 3);
    fs::remove_file(&past).expect("there");
    let told = office.printed(&["restore", "--latest"]);
    assert!(told.contains("look at the clock"), "{told}");
    assert_eq!(office.numbers().len(), 4);
}

#[test]
fn a_fresh_day_is_one_of_the_same_office() {
    let office = OfficeBox::with_a_day();
    let before = office_id(&office.data()).expect("readable");
    office.printed(&["day", "start", "--fresh", "--numbers-from", "50"]);
    assert_eq!(office_id(&office.data()).expect("readable"), before);
    office.printed(&["backup"]);
    fs::write(office.data().join("aufruf.db"), "The disk has spoiled it.").expect("written");
    office.printed(&["day", "start", "--fresh", "--numbers-from", "60"]);
    assert_eq!(
        office_id(&office.data()).expect("readable"),
        before,
        "its backup says so"
    );
}

/// Makes the office's own authority, as the server's first start does.
fn authority(office: &OfficeBox) -> String {
    let tls = TlsConfig {
        listen: "127.0.0.1:0".parse().expect("an address"),
        names: Vec::new(),
        certificate: None,
        key: None,
        announce: false,
    };
    let made = Certificates::open(&tls, &office.data(), SystemClock.now());
    made.expect("a certificate").authority_sha256()
}

#[test]
fn with_its_secrets_a_spare_box_is_the_same_server_to_every_device() {
    let (office, spare) = (OfficeBox::with_a_day(), OfficeBox::bare());
    let pinned = authority(&office);
    office.printed(&["devices", "add", "printer-1", "--role", "printer"]);
    let tokens = office.devices();
    let passphrase = office.passphrase("eine sehr lange Parole", 0o600);
    let secretly = ["--passphrase-file", &passphrase];
    let told = office.printed(&[["backup", "--with-secrets"], secretly].concat());
    let file = named(&told);
    let secrets = PathBuf::from(format!("{}.secrets", file.display()));
    assert!(told.contains(text(&secrets)), "{told}");
    let mode = fs::metadata(&secrets).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = fs::read_to_string(office.data().join("tls/authority.key")).expect("a key");
    let (line, hash) = (
        key.lines().nth(1).expect("a line"),
        tokens[0].clone().expect("a token"),
    );
    for written in [&file, &secrets] {
        let bytes = fs::read(written).expect("there");
        for secret in [line, &hash] {
            let mut windows = bytes.windows(secret.len());
            assert!(!windows.any(|found| found == secret.as_bytes()));
        }
    }

    let brings = ["restore", text(&file), "--secrets", text(&secrets)];
    spare.printed(&[brings.as_slice(), &secretly].concat());
    assert_eq!(spare.state(), office.state());
    assert_eq!(spare.devices(), tokens);
    assert_eq!(authority(&spare), pinned, "devices believe it");
    let folder = fs::metadata(spare.data().join("tls"))
        .expect("there")
        .permissions();
    let kept = fs::metadata(spare.data().join("tls/authority.key")).expect("there");
    assert_eq!(
        (folder.mode() & 0o777, kept.permissions().mode() & 0o777),
        (0o700, 0o600)
    );
}

#[test]
fn secrets_that_cannot_be_opened_change_nothing() {
    let (office, spare) = (OfficeBox::with_a_day(), OfficeBox::bare());
    let (weak, open) = ("zu kurz", 0o644);
    let refused = |words, mode| {
        let passphrase = office.passphrase(words, mode);
        office.fault(&["backup", "--with-secrets", "--passphrase-file", &passphrase])
    };
    assert!(refused(weak, 0o600).contains("less than 12"));
    assert!(refused("eine sehr lange Parole", open).contains("0600"));
    assert!(!office.backups().exists(), "nothing was written");
    let passphrase = office.passphrase("eine sehr lange Parole", 0o600);
    let told = office.printed(&["backup", "--with-secrets", "--passphrase-file", &passphrase]);
    let file = named(&told);
    let secrets = format!("{}.secrets", file.display());
    let brings = |passphrase: &str| {
        let asked = [
            "restore",
            text(&file),
            "--secrets",
            &secrets,
            "--passphrase-file",
        ];
        spare.fault(&[asked.as_slice(), &[passphrase]].concat())
    };
    let wrong = spare.passphrase("eine andere lange Parole", 0o600);
    let fault = brings(&wrong);
    assert!(
        fault.contains("passphrase") && fault.contains("nothing was changed"),
        "{fault}"
    );
    let mut bytes = fs::read(&secrets).expect("there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&secrets, bytes).expect("written");
    assert!(brings(&passphrase).contains("was changed"));
    assert!(!spare.data().exists(), "nothing was changed");
}

#[test]
fn secrets_of_another_office_are_not_taken() {
    let (ours, theirs) = (OfficeBox::with_a_day(), OfficeBox::with_a_day());
    let passphrase = ours.passphrase("eine sehr lange Parole", 0o600);
    let backup = ["backup", "--with-secrets", "--passphrase-file", &passphrase];
    let (mine, other) = (
        named(&ours.printed(&backup)),
        named(&theirs.printed(&backup)),
    );
    let secrets = format!("{}.secrets", other.display());
    let before = ours.state();
    let asked = [
        "restore",
        text(&mine),
        "--secrets",
        &secrets,
        "--passphrase-file",
        &passphrase,
    ];
    let fault = ours.fault(&asked);
    assert!(fault.contains("another office"), "{fault}");
    assert_eq!(ours.state(), before);
}
