//! The doctor's findings, one thing at a time.

use super::*;
use crate::config::TlsConfig;
use crate::tls::Certificates;

fn at(time: &str) -> Timestamp {
    format!("2026-11-{time}:00Z").parse().expect("a time")
}

fn config(dir: &Path) -> ServerConfig {
    ServerConfig {
        listen: "127.0.0.1:0".parse().expect("an address"),
        tls: Some(TlsConfig {
            listen: "127.0.0.1:0".parse().expect("an address"),
            names: Vec::new(),
            certificate: None,
            key: None,
            announce: false,
        }),
        data_dir: dir.to_owned(),
        backup: None,
        retention: crate::config::RetentionConfig::default(),
        alerts: None,
    }
}

#[test]
fn a_clock_behind_the_journal_is_mended_and_one_far_ahead_is_looked_at() {
    let last = at("23T08:00");
    let clock = |time| box_itself::clock(at(time), last);
    assert!(matches!(clock("23T07:58"), Mend(_)));
    assert!(matches!(clock("23T08:00"), Well(_)));
    assert!(matches!(clock("30T08:00"), Well(_)));
    let ahead = box_itself::clock("2027-01-23T08:00:00Z".parse().expect("a time"), last);
    assert!(
        matches!(&ahead, Look(told) if told.contains("61 days")),
        "{ahead:?}"
    );
}

#[test]
fn a_certificate_of_the_own_authority_is_looked_at_and_none_is_made() {
    let dir = tempfile::tempdir().expect("a folder");
    let config = config(dir.path());
    let found = |time| doors::certificate(&config, at(time));
    assert!(matches!(found("23T08:00"), Look(_)));
    assert!(!dir.path().join("tls").exists());
    let tls = config.tls.as_ref().expect("it has one");
    Certificates::open(tls, dir.path(), at("23T08:00")).expect("made");
    let lasts = found("23T08:00");
    assert!(
        matches!(&lasts, Well(told) if told.contains("39")),
        "{lasts:?}"
    );
    let later = "2028-11-23T08:00:00Z".parse().expect("a time");
    let ended = doors::certificate(&config, later);
    assert!(
        matches!(&ended, Mend(told) if told.contains("ended on")),
        "{ended:?}"
    );
    let key = dir.path().join("tls/authority.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("ours");
    let open = found("23T08:00");
    assert!(
        matches!(&open, Mend(told) if told.contains("authority.key")),
        "{open:?}"
    );
}

#[test]
fn a_secret_of_the_hooks_that_everybody_reads_is_told() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), "geheim").expect("written");
    let alerts = format!(
        "webhook = \"https://it.example/hook\"\nwebhook_secret_file = {:?}",
        file.path()
    );
    let alerts: AlertsConfig = toml::from_str(&alerts).expect("sound");
    for (mode, is_well) in [(0o644, false), (0o640, true)] {
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).expect("ours");
        let found = secrets(&alerts);
        assert_eq!(matches!(found, Well(_)), is_well, "{found:?}");
    }
}

#[test]
fn the_age_of_a_backup_is_that_of_this_offices_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let config = BackupConfig {
        folder: dir.path().to_owned(),
        every_min: 60,
        keep: 3,
    };
    let made = |time| BackupFile {
        made_at: at(time),
        file: dir.path().join("aufruf.db"),
        office: None,
    };
    let (old, new, future) = (made("23T08:00"), made("23T11:30"), made("24T11:30"));
    let found = |own: &[&BackupFile]| own_backups(own, &config, at("23T12:00"));
    assert!(matches!(found(&[]), Look(_)));
    assert!(matches!(found(&[&old]), Mend(_)));
    assert!(matches!(found(&[&old, &new]), Well(_)));
    let ahead = found(&[&old, &new, &future]);
    assert!(
        matches!(&ahead, Mend(told) if told.contains("time to come")),
        "{ahead:?}"
    );
}
