//! Office IT is told elsewhere: by webhook and mail, over real sockets.

use std::fs::{Permissions, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aufruf_protocol::latest as wire;
use aufruf_server::alerts::Watch;
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::health::{Health, Part};
use aufruf_server::hooks::{AlertsConfig, Beside, Hooks, MailConfig, MailTls, Patience, signature};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::common::{MailServer, RawLine, Receiver, TestOffice, on_the_network};

const SECRET: &str = "ein geheimes Wort";

fn secret_in(folder: &Path, mode: u32) -> PathBuf {
    let file = folder.join("secret");
    write(&file, format!("{SECRET}\n")).expect("written");
    set_permissions(&file, Permissions::from_mode(mode)).expect("set");
    file
}

fn webhook(port: u16, secret_file: PathBuf) -> AlertsConfig {
    AlertsConfig {
        after_secs: 60,
        again_after_min: 30,
        language: None,
        webhook: Some(format!("http://127.0.0.1:{port}/secret-path")),
        webhook_secret_file: Some(secret_file),
        ca_file: None,
        mail: None,
    }
}

/// The time that stands in a signature.
fn seconds_of(signature: &str) -> i64 {
    let seconds = signature.trim_start_matches("t=").split(',').next();
    seconds
        .and_then(|seconds| seconds.parse().ok())
        .expect("a time")
}

/// What the server says of itself on a panel.
fn own(view: &wire::PanelView) -> String {
    let mut faults = view.faults.iter();
    let own = faults.find(|row| row.device == "server");
    own.map_or_else(String::new, |row| row.faults.join(" "))
}

/// Looks every second, and tells by these hooks.
fn tells(office: &TestOffice, config: &AlertsConfig, health: &Health) {
    let app = office.app().clone();
    let patience = Patience {
        first: Duration::from_millis(50),
        longest: Duration::from_millis(100),
        in_all: Duration::from_mins(1),
    };
    let beside = Beside {
        patience,
        ..Beside::of(&app, health)
    };
    let clock: std::sync::Arc<dyn Clock> = office.clock.clone();
    let own = health
        .clone()
        .watch(clock, app.views.clone(), app.stopping.clone());
    tokio::spawn(own);
    let hooks = Hooks::start(Some(config), &beside);
    tokio::spawn(Watch::new(app, hooks).run());
}

async fn next<T>(of: &mut mpsc::UnboundedReceiver<T>) -> T {
    let next = tokio::time::timeout(Duration::from_secs(10), of.recv()).await;
    next.expect("something comes").expect("somebody listens")
}

/// A printer that has no paper, since a while.
async fn out_of_paper(office: &TestOffice) -> RawLine {
    let server = on_the_network(office.app()).await;
    let mut printer = RawLine::of(server, "printer-1", "printer").await;
    printer
        .says(r#"{"type":"status","faults":[],"paper":"out"}"#)
        .await;
    let mut panel = office.watches("panel-1").await;
    panel.panel(|view| !view.faults.is_empty()).await;
    printer
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_lasts_is_posted_with_a_signature_and_its_end_too() {
    let office = TestOffice::open().await;
    let mut receiver = Receiver::listens().await;
    let config = webhook(receiver.port, secret_in(office.folder(), 0o640));
    tells(&office, &config, &Health::default());
    let mut printer = out_of_paper(&office).await;
    assert!(
        receiver.posted.try_recv().is_err(),
        "it may be over in a moment"
    );
    office.clock.goes_on(1);
    let posted = next(&mut receiver.posted).await;
    assert!(posted.head.starts_with("POST /secret-path"));
    let said: Value = serde_json::from_str(&posted.body).expect("JSON");
    assert_eq!(said["office"], "Bürgeramt Mitte");
    assert_eq!(said["alerts"][0]["state"], "raised");
    assert_eq!(said["alerts"][0]["code"], "paper_out");
    assert_eq!(said["alerts"][0]["at"], "printer-1");
    assert_eq!(said["alerts"][0]["what"], "printer-1 hat kein Papier mehr.");
    let signed = posted.header("aufruf-signature").expect("a signature");
    let seconds = seconds_of(signed);
    assert_eq!(signed, signature(SECRET.as_bytes(), seconds, &posted.body));
    assert_ne!(signed, signature(b"another", seconds, &posted.body));
    printer
        .says(r#"{"type":"status","faults":[],"paper":"ok"}"#)
        .await;
    let over = next(&mut receiver.posted).await;
    let said: Value = serde_json::from_str(&over.body).expect("JSON");
    assert_eq!(said["alerts"][0]["state"], "over");
    assert_eq!(said["alerts"][0]["code"], "paper_out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_fails_is_asked_again_and_panels_say_so_until_it_takes_the_message() {
    let office = TestOffice::open().await;
    let mut receiver = Receiver::listens().await;
    receiver.answers("500 Internal Server Error");
    let config = webhook(receiver.port, secret_in(office.folder(), 0o600));
    tells(&office, &config, &Health::default());
    let _printer = out_of_paper(&office).await;
    office.clock.goes_on(1);
    let mut panel = office.watches("panel-4").await;
    panel.panel(|view| own(view).contains("500")).await;
    panel
        .panel(|view| !own(view).contains("secret-path") && !own(view).contains(SECRET))
        .await;
    let first = next(&mut receiver.posted).await;
    receiver.answers("200 OK");
    panel.panel(|view| own(view).is_empty()).await;
    let mut last = next(&mut receiver.posted).await;
    while let Ok(later) = receiver.posted.try_recv() {
        last = later;
    }
    let id = first.header("aufruf-message").expect("an id");
    assert_eq!(last.header("aufruf-message"), Some(id), "the same message");
    let metrics = office
        .ask(None, axum::http::Method::GET, "/metrics")
        .await
        .body;
    let sent = r#"aufruf_hook_messages_total{hook="webhook",outcome="sent"} 1"#;
    assert!(metrics.contains(sent), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_refused_for_good_is_given_up_at_once_and_holds_no_other_up() {
    let office = TestOffice::open().await;
    let mut receiver = Receiver::listens().await;
    receiver.answers("404 Not Found");
    let config = webhook(receiver.port, secret_in(office.folder(), 0o600));
    tells(&office, &config, &Health::default());
    let mut printer = out_of_paper(&office).await;
    office.clock.goes_on(1);
    let mut panel = office.watches("panel-4").await;
    let told = |view: &wire::PanelView| own(view).contains("given up") && own(view).contains("404");
    panel.panel(told).await;
    receiver.answers("200 OK");
    printer
        .says(r#"{"type":"status","faults":[],"paper":"ok"}"#)
        .await;
    panel.panel(|view| own(view).is_empty()).await;
    let refused = next(&mut receiver.posted).await;
    let taken = next(&mut receiver.posted).await;
    let id = "aufruf-message";
    assert_ne!(refused.header(id), taken.header(id), "it was sent again");
    let said: Value = serde_json::from_str(&taken.body).expect("JSON");
    assert_eq!(said["alerts"][0]["state"], "over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_made_long_ago_is_signed_with_the_time_at_which_it_is_sent() {
    let office = TestOffice::open().await;
    let mut receiver = Receiver::listens().await;
    let config = webhook(receiver.port, secret_in(office.folder(), 0o600));
    let begun = SystemClock.now().as_second();
    aufruf_server::hooks::test(&config, jiff::Timestamp::UNIX_EPOCH).await;
    let posted = next(&mut receiver.posted).await;
    let signed = posted.header("aufruf-signature").expect("a signature");
    let seconds = seconds_of(signed);
    assert!((begun..begun + 60).contains(&seconds), "{signed}");
    assert_eq!(signed, signature(SECRET.as_bytes(), seconds, &posted.body));
    let said: Value = serde_json::from_str(&posted.body).expect("JSON");
    assert_eq!(said["sent_at"], "1970-01-01T00:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_to_everybody_who_is_named() {
    let office = TestOffice::open().await;
    let mut server = MailServer::listens().await;
    let mail = MailConfig {
        server: "127.0.0.1".to_owned(),
        port: Some(server.port),
        tls: MailTls::None,
        from: "Aufruf <aufruf@office.example>".to_owned(),
        to: vec![
            "it@office.example".to_owned(),
            "ada@office.example".to_owned(),
        ],
        user: Some("aufruf".to_owned()),
        password_file: Some(secret_in(office.folder(), 0o600)),
    };
    let config = AlertsConfig {
        webhook: None,
        mail: Some(mail),
        language: Some(aufruf_server::staff_language::StaffLanguage::English),
        ..webhook(0, PathBuf::new())
    };
    let health = Health::default();
    tells(&office, &config, &health);
    health.says(Part::Backup, Some("the disk is full".to_owned()));
    let mut panel = office.watches("panel-4").await;
    panel.panel(|view| !view.faults.is_empty()).await;
    while office.app().alerts.now().is_empty() {
        tokio::task::yield_now().await;
    }
    office.clock.goes_on(1);
    let mail = next(&mut server.heard).await;
    for words in [
        "MAIL FROM:<aufruf@office.example>",
        "RCPT TO:<it@office.example>",
        "RCPT TO:<ada@office.example>",
        "AUTH PLAIN",
        "Auto-Submitted: auto-generated",
        "The server is not well: the disk is full",
        "server_backup, server, since 2026-11-23T08:00:00Z",
    ] {
        assert!(mail.contains(words), "{words} in {mail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_everybody_may_read_is_not_used() {
    let office = TestOffice::open().await;
    let receiver = Receiver::listens().await;
    let config = webhook(receiver.port, secret_in(office.folder(), 0o644));
    let tested = aufruf_server::hooks::test(&config, jiff::Timestamp::UNIX_EPOCH).await;
    let fault = tested[0].outcome.as_ref().expect_err("refused").to_string();
    assert!(fault.contains("0640") && !fault.contains(SECRET), "{fault}");
}

/// Takes one request over TLS, as `localhost`; the certificate as PEM.
async fn listens_encrypted() -> (u16, String) {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    let pem = own.cert.pem();
    let key = rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der());
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("known versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key.expect("a key"))
        .expect("they fit");
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(stream) = acceptor.accept(stream).await {
                crate::common::take(stream, "200 OK").await;
            }
        }
    });
    (port, pem)
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_only_the_authorities_that_are_named_are_believed() {
    let office = TestOffice::open().await;
    let (port, pem) = listens_encrypted().await;
    let ca_file = office.folder().join("ca.pem");
    write(&ca_file, pem).expect("written");
    let config = AlertsConfig {
        webhook: Some(format!("https://localhost:{port}/")),
        ca_file: Some(ca_file),
        ..webhook(0, secret_in(office.folder(), 0o600))
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let tested = aufruf_server::hooks::test(&config, now).await;
    assert!(tested[0].outcome.is_ok(), "{tested:?}");
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    write(office.folder().join("ca.pem"), other.cert.pem()).expect("written");
    let tested = aufruf_server::hooks::test(&config, now).await;
    let fault = tested[0]
        .outcome
        .as_ref()
        .expect_err("a stranger")
        .to_string();
    assert!(fault.contains("certificate"), "{fault}");
}
