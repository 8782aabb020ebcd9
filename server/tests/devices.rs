//! `aufruf-server devices` as it is called: who may connect.

mod office_box;

use std::fs;
use std::path::PathBuf;

use aufruf_store::{Access, Asked, PairingRow};
use jiff::{SignedDuration, Timestamp};

use office_box::OfficeBox;

impl OfficeBox {
    fn access(&self) -> Access {
        Access::of(&self.data()).expect("a database")
    }

    fn file(&self, text: &str) -> PathBuf {
        let file = self.folder.path().join("devices.toml");
        fs::write(&file, text).expect("written");
        file
    }

    /// A device shows a code since then.
    fn shows(&self, code: &str, role: &str, since: Timestamp) {
        let row = PairingRow {
            code: code.to_owned(),
            token_sha256: "ab".repeat(32),
            role: role.to_owned(),
            software: "aufruf 0.1".to_owned(),
            address: "10.0.0.7".to_owned(),
            at: since,
            salt: String::new(),
        };
        let asked = self.access().ask_to_pair(&row, Timestamp::UNIX_EPOCH);
        assert!(matches!(asked.expect("asked"), Asked::Waits(_)));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program asks the machine's clock too"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

#[test]
fn a_device_is_let_in_with_a_token_of_its_own_and_put_out_again() {
    let office = OfficeBox::bare();
    assert!(
        office
            .printed(&["devices", "list"])
            .contains("No device may connect yet")
    );
    let told = office.printed(&[
        "devices",
        "add",
        "panel-4",
        "--role",
        "panel",
        "--counter",
        "counter-4",
    ]);
    let token = told.split('"').nth(1).expect("the token in quotes");
    assert_eq!(token.len(), 64, "{told}");
    let listed = office.printed(&["devices", "list"]);
    assert!(
        listed.starts_with("panel-4: panel at counter-4, let in by console"),
        "{listed}"
    );
    assert!(!listed.contains(token));
    office.printed(&["devices", "revoke", "panel-4"]);
    assert!(
        office
            .printed(&["devices", "list"])
            .contains("pair it anew")
    );
    assert!(
        office
            .fault(&["devices", "revoke", "panel-5"])
            .contains("no device panel-5")
    );
}

#[test]
fn a_device_that_shows_a_code_is_approved_or_declined_by_it() {
    let office = OfficeBox::bare();
    office.shows("7KQM-2XRT", "display", now());
    let listed = office.printed(&["devices", "list"]);
    assert!(
        listed.contains("7KQM-2XRT") && listed.contains("10.0.0.7"),
        "{listed}"
    );
    let fault = office.fault(&["devices", "approve", "7KQM-2XRT", "display-1"]);
    assert!(fault.contains("a display takes `area` alone"), "{fault}");
    office.printed(&[
        "devices",
        "approve",
        " 7kqm-2xrt",
        "display-1",
        "--area",
        "ground",
    ]);
    let devices = office.access().devices().expect("readable");
    let known = devices
        .iter()
        .map(|row| (row.id.as_str(), row.token_sha256.as_deref()));
    let hash = "ab".repeat(32);
    assert_eq!(
        known.collect::<Vec<_>>(),
        [("display-1", Some(hash.as_str()))]
    );
    let fault = office.fault(&[
        "devices",
        "approve",
        "7KQM-2XRT",
        "display-1",
        "--area",
        "ground",
    ]);
    assert!(fault.contains("no device shows the code"), "{fault}");
    let fault = office.fault(&["devices", "decline", "7KQM-2XRT"]);
    assert!(fault.contains("no device shows the code"), "{fault}");
}

#[test]
fn a_code_is_worth_nothing_after_a_quarter_of_an_hour() {
    let office = OfficeBox::bare();
    office.shows(
        "7KQM-2XRT",
        "printer",
        now() - SignedDuration::from_mins(16),
    );
    assert!(!office.printed(&["devices", "list"]).contains("7KQM"));
    let fault = office.fault(&["devices", "approve", "7KQM-2XRT", "printer-1"]);
    assert!(fault.contains("no device shows the code"), "{fault}");
}

#[test]
fn many_devices_are_let_in_at_once_or_none_of_them() {
    let office = OfficeBox::bare();
    let table = |id: &str, digit: &str, rest: &str| {
        let hash = digit.repeat(64);
        format!("[[devices]]\nid = \"{id}\"\ntoken_sha256 = \"{hash}\"\n{rest}\n")
    };
    let kiosk = table("kiosk-1", "a", "role = \"kiosk\"\nprinter = \"printer-1\"");
    let printer = table("printer-1", "b", "role = \"printer\"");
    let twin = table("printer-2", "b", "role = \"printer\"");
    let file = office.file(&format!("{kiosk}{printer}{twin}"));
    let file = file.to_str().expect("UTF-8");
    let fault = office.fault(&["devices", "import", file]);
    assert!(
        fault.contains("printer-2") && fault.contains("shares its token"),
        "{fault}"
    );
    assert_eq!(office.access().devices().expect("readable"), []);
    office.file(&format!("{kiosk}{printer}"));
    assert!(
        office
            .printed(&["devices", "import", file])
            .contains("2 devices")
    );
    let log = office.access().log(10).expect("readable");
    assert_eq!(log.len(), 2);
    assert!(
        log.iter()
            .all(|row| row.what == "device_added" && row.by == "console")
    );
    office.file(&twin);
    let fault = office.fault(&["devices", "import", file]);
    assert!(fault.contains("that of another device"), "{fault}");
}
