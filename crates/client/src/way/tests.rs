//! The way by the words of a device's file.

use super::*;

fn config(server: Option<&str>) -> WayConfig {
    WayConfig {
        server: server.map(str::to_owned),
        ..WayConfig::default()
    }
}

fn fault(config: &WayConfig) -> String {
    let fault = Way::of(config, "display").expect_err("no way");
    crate::logging::chain(&fault)
}

fn token() -> Token {
    Token::parse("abc").expect("a token")
}

#[test]
fn nothing_goes_to_another_box_unencrypted_and_no_token_to_who_is_not_proven() {
    let with_token = |server| WayConfig {
        token: Some(token()),
        ..config(server)
    };
    assert!(fault(&with_token(Some("http://10.0.0.5:8080"))).contains("write `https://`"));
    assert!(fault(&with_token(Some("https://10.0.0.5:8443"))).contains("write `authority`"));
    assert!(fault(&with_token(None)).contains("no `server`"));
    let here = Way::of(&with_token(Some("http://127.0.0.1:8080")), "display").expect("a way");
    assert_eq!(here.place().as_deref(), Some("http://127.0.0.1:8080"));
}

#[test]
fn a_device_without_token_and_folder_is_told_what_it_lacks() {
    // The service manager gives none to this test.
    assert!(fault(&config(Some("https://10.0.0.5:8443"))).contains("`state_dir`"));
}

#[test]
fn an_authority_that_is_no_certificate_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("authority.pem");
    std::fs::write(&path, "colour = \"red\"").expect("a file");
    let wrong = WayConfig {
        authority: Some(path),
        ..config(Some("https://10.0.0.5:8443"))
    };
    assert!(fault(&wrong).contains("authority.pem is no certificate"));
}

#[test]
fn a_device_remembers_where_it_found_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = WayConfig {
        state_dir: Some(folder.path().to_owned()),
        ..WayConfig::default()
    };
    let way = Way::of(&own, "display").expect("a way");
    assert_eq!(way.place(), None);
    way.0.trust.pin(vec![1].into()).expect("kept");
    way.heading().to = Some(Address::parse("https://10.0.0.9:8443").expect("an address"));
    way.arrived();
    let again = Way::of(&own, "display").expect("a way");
    assert_eq!(again.place().as_deref(), Some("https://10.0.0.9:8443"));
    std::fs::remove_file(folder.path().join("authority.der")).expect("the server was set up anew");
    let again = Way::of(&own, "display").expect("a way");
    assert_eq!(again.place(), None, "it looks for the server once more");
}

#[test]
fn who_is_refused_becomes_a_stranger_and_takes_another_token_only_after_many_refusals() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = WayConfig {
        state_dir: Some(folder.path().to_owned()),
        ..config(Some("http://127.0.0.1:8080"))
    };
    let way = Way::of(&own, "display").expect("a way");
    let first = way.0.identity.token();
    way.refused();
    assert!(way.heading().is_stranger && way.0.identity.token() == first);
    (1..REFUSALS).for_each(|_| way.refused());
    assert!(way.0.identity.token() != first);
}
