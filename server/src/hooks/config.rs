//! `[alerts]` in `server.toml`: whom to tell, and how soon.
//!
//! Without encryption messages go to this box or to addresses of private networks alone (RFC 1918, RFC 4193),
//! written as addresses: what a name means is for others to say. A password goes to this box alone.

use std::net::IpAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;
use reqwest::Url;
use serde::Deserialize;

use crate::staff_language::StaffLanguage;

/// LIMIT: seconds that an alert lasts before it is told, minutes between two messages about the same, and people
/// who get a mail.
const AFTER_SECS: std::ops::RangeInclusive<u32> = 5..=86_400;
const AGAIN_AFTER_MIN: std::ops::RangeInclusive<u32> = 1..=10_080;
const RECEIVERS: std::ops::RangeInclusive<usize> = 1..=10;

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertsConfig {
    /// An alert is told when it has lasted for so long, in seconds.
    #[serde(default = "a_minute")]
    pub after_secs: u32,
    /// About the same trouble, no more often than every so many minutes.
    #[serde(default = "half_an_hour")]
    pub again_after_min: u32,
    /// The office's first language where it is left out.
    #[serde(default)]
    pub language: Option<StaffLanguage>,
    /// Where to POST. Its path may be secret: it is in no log.
    #[serde(default)]
    pub webhook: Option<String>,
    /// With what messages are signed.
    #[serde(default)]
    pub webhook_secret_file: Option<PathBuf>,
    /// The authorities to believe, as PEM; those of the system where it is left out.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    #[serde(default)]
    pub mail: Option<MailConfig>,
}

/// `[alerts.mail]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    pub server: String,
    #[serde(default)]
    pub port: Option<u16>,
    #[serde(default)]
    pub tls: MailTls,
    pub from: String,
    pub to: Vec<String>,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password_file: Option<PathBuf>,
}

/// How the line to the mail server is kept from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTls {
    /// Begins in the open and is encrypted before anything is said; mostly on port 587.
    #[default]
    StartTls,
    /// Encrypted from the first byte; mostly on port 465.
    Tls,
    /// Not at all.
    None,
}

fn a_minute() -> u32 {
    60
}

fn half_an_hour() -> u32 {
    30
}

impl AlertsConfig {
    /// What is wrong with it.
    pub(crate) fn fault(&self) -> Option<String> {
        let (after, again) = (AFTER_SECS, AGAIN_AFTER_MIN);
        let range = |name: &str, from: &u32, to: &u32| {
            Some(format!("[alerts] {name} has to be {from} to {to}"))
        };
        if !after.contains(&self.after_secs) {
            return range("after_secs", after.start(), after.end());
        }
        if !again.contains(&self.again_after_min) {
            return range("again_after_min", again.start(), again.end());
        }
        let webhook = self.webhook.as_deref();
        let webhook = webhook.and_then(|url| self.webhook_fault(url));
        webhook.or_else(|| self.mail.as_ref().and_then(MailConfig::fault))
    }

    fn webhook_fault(&self, url: &str) -> Option<String> {
        let told = |why: &str| Some(format!("[alerts] webhook {why}"));
        let Ok(url) = Url::parse(url) else {
            return told("is no address; write https://…");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return told("names a user: the signature proves who sends");
        }
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            "https" => {}
            "http" if is_near(host) => {}
            "http" => {
                return told(
                    "goes over http, which is for this box and private addresses alone; write https://…",
                );
            }
            _ => return told("is no address; write https://…"),
        }
        if self.webhook_secret_file.is_none() {
            return told("needs a webhook_secret_file, so that its receiver knows who sends");
        }
        None
    }
}

impl MailConfig {
    fn fault(&self) -> Option<String> {
        let told = |why: String| Some(format!("[alerts.mail] {why}"));
        let addresses = std::iter::once(&self.from).chain(&self.to);
        for address in addresses {
            if address.parse::<Mailbox>().is_err() {
                return told(format!("{address:?} is no mail address"));
            }
        }
        let receivers = RECEIVERS;
        if !receivers.contains(&self.to.len()) {
            let (from, most) = (receivers.start(), receivers.end());
            return told(format!("to has to name {from} to {most} receivers"));
        }
        if self.user.is_some() != self.password_file.is_some() {
            return told("user and password_file belong together".to_owned());
        }
        if self.tls == MailTls::None && !is_near(&self.server) {
            let why = "tls = \"none\" is for this box and private addresses alone";
            return told(why.to_owned());
        }
        if self.tls == MailTls::None && self.password_file.is_some() && !is_here(&self.server) {
            let why = "user and password_file would go over the network for everybody to read; \
                       tls = \"none\" with a password is for a mail server on this box alone: \
                       write tls = \"start_tls\" or \"tls\", or leave the two out";
            return told(why.to_owned());
        }
        None
    }
}

/// This box.
fn is_here(host: &str) -> bool {
    address(host).map_or(host == "localhost", |address| address.is_loopback())
}

/// This box, or an address of a private network.
pub(super) fn is_near(host: &str) -> bool {
    let of_the_house = |address| match address {
        IpAddr::V4(address) => address.is_private(),
        IpAddr::V6(address) => address.is_unique_local(),
    };
    is_here(host) || address(host).is_some_and(of_the_house)
}

fn address(host: &str) -> Option<IpAddr> {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match toml::from_str::<AlertsConfig>(text) {
            Ok(config) => config.fault().unwrap_or_default(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn without_encryption_messages_stay_in_the_house() {
        let webhook = |url: &str| {
            fault(&format!(
                "webhook = \"{url}\"\nwebhook_secret_file = \"/s\""
            ))
        };
        for near in [
            "https://it.example/a",
            "http://127.0.0.1:9/a",
            "http://localhost/a",
            "http://10.1.2.3/a",
            "http://192.168.0.7/a",
            "http://[::1]:9/a",
            "http://[fd00::7]/a",
        ] {
            assert_eq!(webhook(near), "", "{near}");
        }
        for far in [
            "http://it.example/a",
            "http://8.8.8.8/a",
            "http://[2001:db8::1]/a",
        ] {
            assert!(webhook(far).contains("private addresses alone"), "{far}");
        }
        assert!(webhook("ftp://it.example").contains("https://"));
        assert!(webhook("https://ada:secret@it.example").contains("names a user"));
        assert!(fault("webhook = \"https://it.example\"").contains("webhook_secret_file"));
    }

    #[test]
    fn a_mail_needs_sound_addresses_and_a_line_that_others_do_not_read() {
        let mail = |more: &str| {
            fault(&format!(
                "[mail]\nserver = \"mail.example\"\nfrom = \"Aufruf <a@b.example>\"\nto = [\"it@b.example\"]\n{more}"
            ))
        };
        assert_eq!(mail(""), "");
        assert!(mail("tls = \"none\"").contains("private addresses alone"));
        assert!(mail("user = \"a\"").contains("belong together"));
        assert!(mail("colour = \"red\"").contains("colour"));
        let nobody = fault("[mail]\nserver = \"m\"\nfrom = \"a@b.example\"\nto = []");
        assert!(nobody.contains("1 to 10"), "{nobody}");
        let odd = fault("[mail]\nserver = \"m\"\nfrom = \"nobody\"\nto = [\"a@b.example\"]");
        assert!(odd.contains("no mail address"), "{odd}");
    }

    #[test]
    fn a_password_goes_unencrypted_to_this_box_alone() {
        let mail = |server: &str, more: &str| {
            fault(&format!(
                "[mail]\nserver = \"{server}\"\nfrom = \"a@b.example\"\nto = [\"it@b.example\"]\n{more}"
            ))
        };
        let password = "user = \"a\"\npassword_file = \"/p\"\n";
        let open = format!("tls = \"none\"\n{password}");
        for here in ["127.0.0.1", "::1", "localhost"] {
            assert_eq!(mail(here, &open), "", "{here}");
        }
        for near in ["10.1.2.3", "192.168.0.7", "fd00::7"] {
            let told = mail(near, &open);
            assert!(told.contains("for everybody to read"), "{near}: {told}");
            assert_eq!(mail(near, "tls = \"none\""), "", "{near}");
            assert_eq!(mail(near, password), "", "{near}");
        }
    }

    #[test]
    fn figures_out_of_range_are_told() {
        assert_eq!(fault(""), "");
        assert!(fault("after_secs = 1").contains("after_secs has to be 5 to"));
        assert!(fault("again_after_min = 0").contains("again_after_min has to be 1 to"));
    }
}
