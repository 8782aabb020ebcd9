//! `aufruf-server users`, `doctor` and `serve` as they are called, by people and by the service manager.

mod office_box;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use aufruf_store::Access;

use office_box::OfficeBox;
use rustix::process::{Pid, Signal, kill_process};

impl OfficeBox {
    /// Calls the program and types this line.
    fn types(&self, line: &str, arguments: &[&str]) -> Output {
        let config = self.folder.path().join("server.toml");
        let mut program = Command::new(env!("CARGO_BIN_EXE_aufruf-server"))
            .args(arguments)
            .arg("--config")
            .arg(config)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server's own program starts");
        let mut typed = program.stdin.take().expect("a pipe");
        // One that has refused already reads nothing any more.
        let _refused = writeln!(typed, "{line}");
        drop(typed);
        program.wait_with_output().expect("it ends")
    }
}

fn said(done: &Output) -> String {
    let both = [done.stdout.as_slice(), done.stderr.as_slice()].concat();
    String::from_utf8(both).expect("UTF-8")
}

const ADA: [&str; 7] = ["users", "add", "ada", "--name", "Ada", "--role", "admin"];

#[test]
fn the_first_admin_is_added_with_a_secret_that_is_typed_and_never_shown() {
    let office = OfficeBox::bare();
    assert!(
        office
            .printed(&["users", "list"])
            .contains("Nobody can sign in yet")
    );
    let weak = office.types("1234567", &ADA);
    assert!(
        !weak.status.success() && said(&weak).contains("10 to 128"),
        "{}",
        said(&weak)
    );
    let done = office.types("eine lange Parole", &ADA);
    assert!(done.status.success(), "{}", said(&done));
    let listed = office.printed(&["users", "list"]);
    assert!(
        listed.starts_with("ada: Ada, admin, added by console"),
        "{listed}"
    );
    assert!(!(said(&done) + &listed).contains("Parole"));
    let row = Access::of(&office.data()).expect("a database").user("ada");
    let secret = row
        .expect("readable")
        .expect("a user")
        .secret
        .expect("a hash");
    assert!(secret.starts_with("$argon2id$"), "{secret}");
}

#[test]
fn a_secret_is_reset_and_a_user_is_signed_out_and_removed() {
    let office = OfficeBox::bare();
    office.types("eine lange Parole", &ADA);
    let secret = || {
        let row = Access::of(&office.data()).expect("a database").user("ada");
        row.expect("readable").expect("a user").secret
    };
    let before = secret();
    let done = office.types("noch eine lange Parole", &["users", "reset", "ada"]);
    assert!(done.status.success(), "{}", said(&done));
    assert_ne!(secret(), before);
    let nobody = office.types("noch eine lange Parole", &["users", "reset", "bob"]);
    assert!(said(&nobody).contains("no user bob"), "{}", said(&nobody));
    office.printed(&["users", "sign-out", "ada"]);
    let last = office.fault(&["users", "remove", "ada"]);
    assert!(last.contains("last admin"), "{last}");
    office.printed(&["users", "remove", "ada", "--force"]);
    assert!(
        office
            .fault(&["users", "remove", "ada"])
            .contains("no user ada")
    );
}

#[test]
fn the_doctor_says_what_is_well_and_what_to_mend_in_the_order_of_mending() {
    let office = OfficeBox::bare();
    let no_folder = office.calls(&["doctor"]);
    assert!(
        said(&no_folder).contains("MEND  the data folder"),
        "{}",
        said(&no_folder)
    );
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    office.printed(&["office", "apply", file]);
    let bare = said(&office.calls(&["doctor"]));
    for told in [
        "well  version 1 of the office has no fault",
        "MEND  no device may connect",
        "MEND  no admin can sign in",
        "look  no server answers at 127.0.0.1:0",
        "look  there is no backup in",
        "well  the disk keeps a record in",
    ] {
        assert!(bare.contains(told), "{told:?} is not in:\n{bare}");
    }
    assert!(bare.contains("2 things have to be mended"), "{bare}");
    office.types("eine lange Parole", &ADA);
    office.printed(&["devices", "add", "printer-1", "--role", "printer"]);
    office.printed(&["backup"]);
    let done = office.calls(&["doctor"]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(!office.data().join("doctor.scratch").exists());
    fs::set_permissions(office.data(), fs::Permissions::from_mode(0o755)).expect("ours");
    let open = said(&office.calls(&["doctor"]));
    assert!(open.contains("MEND  others can look into"), "{open}");
}

#[test]
fn an_admin_is_removed_as_long_as_another_one_can_sign_in() {
    let office = OfficeBox::bare();
    office.types("eine lange Parole", &ADA);
    let bea = ["users", "add", "bea", "--name", "Bea", "--role", "admin"];
    office.types("eine lange Parole", &bea);
    office.printed(&["users", "remove", "ada"]);
    assert!(
        office
            .fault(&["users", "remove", "bea"])
            .contains("last admin")
    );
}

#[test]
fn a_device_that_does_not_come_back_is_removed_unless_a_kiosk_prints_there() {
    let office = OfficeBox::bare();
    office.printed(&["devices", "add", "printer-1", "--role", "printer"]);
    let kiosk = ["devices", "add", "kiosk-1", "--role", "kiosk"];
    office.printed(&[kiosk.as_slice(), &["--printer", "printer-1"]].concat());
    let needed = office.fault(&["devices", "remove", "printer-1"]);
    assert!(needed.contains("kiosk-1 prints on printer-1"), "{needed}");
    office.printed(&["devices", "remove", "kiosk-1"]);
    office.printed(&["devices", "remove", "printer-1"]);
    let listed = office.printed(&["devices", "list"]);
    assert!(listed.contains("No device may connect yet"), "{listed}");
    assert!(
        office
            .fault(&["devices", "remove", "printer-1"])
            .contains("no device printer-1")
    );
}

/// All names and bytes in a folder.
fn everything(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut all: Vec<_> = entries
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.clone(), fs::read(path).unwrap_or_default()))
        .collect();
    all.sort();
    all
}

#[test]
fn the_doctor_changes_nothing_and_tells_of_data_that_are_older_or_not_there() {
    let office = OfficeBox::bare();
    fs::create_dir(office.data()).expect("a folder");
    fs::set_permissions(office.data(), fs::Permissions::from_mode(0o700)).expect("ours");
    let none = said(&office.calls(&["doctor"]));
    assert!(none.contains("look  there are no data yet"), "{none}");
    assert_eq!(everything(&office.data()), []);

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    office.printed(&["office", "apply", file]);
    let database = office.data().join("aufruf.db");
    let mut bytes = fs::read(&database).expect("the database");
    // Where SQLite's header has the number of the schema.
    bytes[60..64].copy_from_slice(&4_u32.to_be_bytes());
    fs::write(&database, bytes).expect("written");
    let before = everything(&office.data());
    let told = said(&office.calls(&["doctor"]));
    assert!(told.contains("look  the data have schema 4"), "{told}");
    assert!(told.contains("MEND  no device may connect"), "{told}");
    assert_eq!(everything(&office.data()), before);
}

/// A server that tells `heard`, killed when the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

fn serves(office: &OfficeBox, socket: &std::path::Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_aufruf-server"));
    program
        .args(["serve", "--config"])
        .arg(office.folder.path().join("server.toml"))
        .env("NOTIFY_SOCKET", socket)
        .stderr(Stdio::null());
    program
}

fn starts(mut program: Command) -> Server {
    Server(program.spawn().expect("the server's own program starts"))
}

/// Waits for this word.
#[track_caller]
fn hears(manager: &UnixDatagram, word: &str) {
    let mut said = [0; 256];
    loop {
        let length = manager.recv(&mut said).expect("the server says something");
        let said = String::from_utf8_lossy(&said[..length]);
        if said.lines().any(|line| line == word) {
            return;
        }
    }
}

#[test]
fn the_doctor_knocks_at_both_doors_of_a_server_that_runs() {
    let office = OfficeBox::bare();
    // An address of this test alone, on this box alone.
    let [.., high, low] = std::process::id().to_be_bytes();
    let address = format!("127.77.{high}.{low}");
    let config = office.folder.path().join("server.toml");
    let written = fs::read_to_string(&config).expect("the file");
    let written = written.replace("127.0.0.1:0", &format!("{address}:8080"));
    let tls = format!("[tls]\nlisten = \"{address}:8443\"\nannounce = false\n");
    fs::write(&config, written + &tls).expect("written");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    office.printed(&["office", "apply", file]);
    let closed = said(&office.calls(&["doctor"]));
    assert!(
        closed.contains("look  the server has no certificate yet"),
        "{closed}"
    );
    assert!(
        closed.contains("look  nobody answers at the encrypted door"),
        "{closed}"
    );
    let socket = office.folder.path().join("notify");
    let manager = UnixDatagram::bind(&socket).expect("a socket");
    manager
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a socket");
    let _server = starts(serves(&office, &socket));
    hears(&manager, "READY=1");
    let open = said(&office.calls(&["doctor"]));
    for told in [
        format!("well  the server answers at {address}:8080 and is ready"),
        format!("well  the encrypted door answers at {address}:8443"),
        "well  the server's certificate lasts for another".to_owned(),
        "well  the clock fits the last record of the journal".to_owned(),
    ] {
        assert!(open.contains(&told), "{told:?} is not in:\n{open}");
    }
    let tls = office.data().join("tls");
    fs::copy(tls.join("authority.pem"), tls.join("server.pem")).expect("copied");
    let other = said(&office.calls(&["doctor"]));
    assert!(other.contains("shows another certificate"), "{other}");
}

#[test]
fn the_service_manager_hears_that_the_server_is_ready_lives_and_stops() {
    let office = OfficeBox::bare();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    office.printed(&["office", "apply", file]);
    let socket = office.folder.path().join("notify");
    let manager = UnixDatagram::bind(&socket).expect("a socket");
    let patience = Some(Duration::from_secs(20));
    manager.set_read_timeout(patience).expect("a socket");
    let mut program = serves(&office, &socket);
    program.env("WATCHDOG_USEC", "200000");
    let server = starts(program);
    hears(&manager, "READY=1");
    for _ in 0..3 {
        hears(&manager, "WATCHDOG=1");
    }
    let pid = Pid::from_child(&server.0);
    kill_process(pid, Signal::TERM).expect("it runs");
    hears(&manager, "STOPPING=1");
}
