//! `aufruf-server alerts test` as it is called: what became of it in plain words.

mod office_box;

use std::fs::{self, OpenOptions, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::thread::{self, JoinHandle};

use office_box::OfficeBox;

impl OfficeBox {
    fn configures(&self, more: &str) {
        let path = self.folder.path().join("server.toml");
        let file = OpenOptions::new().append(true).open(path);
        file.expect("there")
            .write_all(more.as_bytes())
            .expect("written");
    }

    fn keeps(&self, name: &str, secret: &str) -> String {
        let file = self.folder.path().join(name);
        fs::write(&file, secret).expect("written");
        fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("set");
        file.display().to_string()
    }
}

/// Answers one conversation on a port of this box, and gives back what was said.
fn listens(converse: fn(TcpStream) -> String) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let heard = thread::spawn(move || converse(listener.accept().expect("somebody comes").0));
    (port, heard)
}

fn takes_a_post(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    while !heard.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut heard).expect("readable") > 0);
    }
    let mut length = heard
        .lines()
        .filter_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length
        .next()
        .and_then(|n| n.parse().ok())
        .expect("a length");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("readable");
    heard.push_str(&String::from_utf8(body).expect("text"));
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    stream.get_mut().write_all(answer).expect("written");
    heard
}

fn refuses_the_password(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    stream
        .get_mut()
        .write_all(b"220 ready\r\n")
        .expect("written");
    loop {
        let begin = heard.len();
        if stream.read_line(&mut heard).unwrap_or(0) == 0 {
            return heard;
        }
        let answer: &[u8] = match heard[begin..].split_whitespace().next() {
            Some("EHLO") => b"250-here\r\n250 AUTH PLAIN\r\n",
            Some("AUTH") => b"535 who is that\r\n",
            _ => b"250 well\r\n",
        };
        if stream.get_mut().write_all(answer).is_err() {
            return heard;
        }
    }
}

#[test]
fn a_webhook_that_takes_the_test_message_is_told_and_so_is_a_mail_server_that_does_not() {
    let office = OfficeBox::bare();
    let (web, posted) = listens(takes_a_post);
    let (mail, _said) = listens(refuses_the_password);
    let (secret, password) = (
        office.keeps("secret", "Wort eins"),
        office.keeps("password", "Wort zwei"),
    );
    office.configures(&format!(
        "[alerts]\nwebhook = \"http://127.0.0.1:{web}/hidden\"\nwebhook_secret_file = \"{secret}\"\nlanguage = \"de\"\n\
         [alerts.mail]\nserver = \"127.0.0.1\"\nport = {mail}\ntls = \"none\"\nfrom = \"a@b.example\"\nto = [\"it@b.example\"]\n\
         user = \"aufruf\"\npassword_file = \"{password}\"\n"
    ));
    let done = office.calls(&["alerts", "test"]);
    assert!(!done.status.success());
    let (told, fault) = (
        String::from_utf8(done.stdout).expect("text"),
        String::from_utf8(done.stderr).expect("text"),
    );
    assert!(
        told.contains(&format!(
            "webhook: http://127.0.0.1:{web} took the test message."
        )),
        "{told}"
    );
    assert!(
        told.contains("mail: the test message did not reach") && told.contains("535"),
        "{told}"
    );
    assert!(fault.contains("not told by mail"), "{fault}");
    for secret in ["Wort", "hidden"] {
        assert!(
            !told.contains(secret) && !fault.contains(secret),
            "{told}{fault}"
        );
    }
    let posted = posted.join().expect("it ended well");
    assert!(
        posted.contains("aufruf-signature: t=") && posted.contains("Dies ist ein Test."),
        "{posted}"
    );
}

#[test]
fn a_test_needs_no_office_and_makes_none() {
    let office = OfficeBox::bare();
    let (web, posted) = listens(takes_a_post);
    let secret = office.keeps("secret", "Wort");
    office.configures(&format!(
        "[alerts]\nwebhook = \"http://localhost:{web}/\"\nwebhook_secret_file = \"{secret}\"\n"
    ));
    let told = office.printed(&["alerts", "test"]);
    assert!(told.contains("took the test message"), "{told}");
    assert!(
        posted
            .join()
            .expect("it ended well")
            .contains("This is a test.")
    );
    assert!(!office.data().exists());
}

#[test]
fn where_nobody_is_told_the_test_says_so() {
    let office = OfficeBox::bare();
    assert!(
        office
            .fault(&["alerts", "test"])
            .contains("has no [alerts]")
    );
    office.configures("[alerts]\nafter_secs = 30\n");
    assert!(
        office
            .fault(&["alerts", "test"])
            .contains("neither webhook nor [alerts.mail]")
    );
    office.configures("webhook = \"http://it.example/\"\n");
    let fault = office.fault(&["alerts", "test"]);
    assert!(fault.contains("private addresses alone"), "{fault}");
}
