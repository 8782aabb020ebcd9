//! A mail: one a message, to all receivers, over SMTP.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Letter};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::config::{AlertsConfig, MailConfig, MailTls};
use super::message::Message;
use super::worker::Failed;
use super::{SendFault, secret, tls};

/// The whole conversation takes no longer.
const WITHIN: Duration = Duration::from_secs(30);

/// Which server, and who gets it.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    config: MailConfig,
    ca_file: Option<PathBuf>,
}

impl Mail {
    /// None where there is none.
    pub(super) fn of(config: &AlertsConfig) -> Option<Self> {
        Some(Self {
            config: config.mail.clone()?,
            ca_file: config.ca_file.clone(),
        })
    }

    pub(super) fn goes_to(&self) -> String {
        format!("{}:{}", self.config.server, self.port())
    }

    fn port(&self) -> u16 {
        let usual = match self.config.tls {
            MailTls::StartTls => 587,
            MailTls::Tls => 465,
            MailTls::None => 25,
        };
        self.config.port.unwrap_or(usual)
    }

    /// Sends it once.
    ///
    /// # Errors
    /// What is missing here, or what the mail server said.
    pub(super) async fn send(&self, message: &Message) -> Result<(), SendFault> {
        Ok(self.attempt(message).await?)
    }

    /// Sends it once, and says whether another try may do.
    ///
    /// # Errors
    /// What is missing here, or what the mail server said.
    pub(super) async fn attempt(&self, message: &Message) -> Result<(), Failed> {
        // It is made of the configuration alone, so it would not come out better later.
        let letter = self.letter(message).map_err(Failed::ForEver)?;
        let transport = self.transport().await?;
        let sent = tokio::time::timeout(WITHIN, transport.send(letter)).await;
        let silent = |_| SendFault::new(format!("no answer within {} s", WITHIN.as_secs()));
        sent.map_err(silent)?.map_err(|fault| failed(&fault))?;
        Ok(())
    }

    fn letter(&self, message: &Message) -> Result<Letter, SendFault> {
        let mut builder = Letter::builder()
            .from(mailbox(&self.config.from)?)
            .message_id(Some(format!("<{}@aufruf.invalid>", message.id)))
            .date(message.sent_at.into())
            .subject(message.subject())
            .header(ContentType::TEXT_PLAIN);
        for to in &self.config.to {
            builder = builder.to(mailbox(to)?);
        }
        let letter = builder.body(message.text());
        let mut letter = letter.map_err(|fault| SendFault::new(fault.to_string()))?;
        // Nobody's machine answers a machine (RFC 3834).
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        let automatic = HeaderValue::new(name, "auto-generated".to_owned());
        letter.headers_mut().insert_raw(automatic);
        Ok(letter)
    }

    async fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendFault> {
        let tls = match self.config.tls {
            MailTls::StartTls => Tls::Required(self.tls().await?),
            MailTls::Tls => Tls::Wrapper(self.tls().await?),
            MailTls::None => Tls::None,
        };
        let server = &self.config.server;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server)
            .port(self.port())
            .tls(tls)
            .timeout(Some(WITHIN));
        if let (Some(user), Some(file)) = (&self.config.user, &self.config.password_file) {
            let password = secret::read(file).await?;
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(builder.build())
    }

    async fn tls(&self) -> Result<TlsParameters, SendFault> {
        let pem = tls::pem(tls::authorities(self.ca_file.as_deref())).await?;
        let odd = |fault: lettre::transport::smtp::Error| told(&fault);
        let authorities = Certificate::from_pem(&pem).map_err(odd)?;
        TlsParameters::builder(self.config.server.clone())
            .certificate_store(CertificateStore::None)
            .add_root_certificate(authorities)
            .build_rustls()
            .map_err(odd)
    }
}

fn mailbox(address: &str) -> Result<Mailbox, SendFault> {
    let odd = |_| SendFault::new(format!("{address:?} is no mail address"));
    address.parse().map_err(odd)
}

/// Refused for good (5xx, RFC 5321), or nothing that can be said to this server, such as an address beyond ASCII: the
/// next try would end so too.
fn failed(fault: &lettre::transport::smtp::Error) -> Failed {
    if fault.is_permanent() || fault.is_client() {
        Failed::ForEver(told(fault))
    } else {
        Failed::ForNow(told(fault))
    }
}

/// An error with its causes on one line.
fn told(fault: &dyn std::error::Error) -> SendFault {
    let causes = std::iter::successors(fault.source(), |&cause| cause.source());
    SendFault::new(causes.fold(fault.to_string(), |text, cause| format!("{text}: {cause}")))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;
    use crate::staff_language::StaffLanguage;

    /// What becomes of a mail to this address, at a server that answers so when it is named.
    async fn sent_to(address: &str, answer: &'static str) -> Failed {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("somebody comes");
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 ready\r\n").await.expect("written");
            let mut line = String::new();
            while stream.read_line(&mut line).await.is_ok_and(|n| n > 0) {
                let answer = if line.starts_with("RCPT") {
                    answer
                } else {
                    "250 well"
                };
                let answer = format!("{answer}\r\n");
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    break;
                }
                line.clear();
            }
        });
        let config = format!(
            "[mail]\nserver = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nfrom = \"a@b.example\"\nto = [\"{address}\"]"
        );
        let config: AlertsConfig = toml::from_str(&config).expect("a configuration");
        let message = Message::test(StaffLanguage::English, Timestamp::UNIX_EPOCH);
        let mail = Mail::of(&config).expect("a mail server");
        let failed = mail.attempt(&message).await.expect_err("not taken");
        server.abort();
        failed
    }

    #[tokio::test]
    async fn a_receiver_who_is_refused_for_good_is_not_asked_for_again() {
        let failed = sent_to("it@b.example", "550 nobody of that name").await;
        assert!(
            matches!(&failed, Failed::ForEver(fault) if fault.to_string().contains("550")),
            "{failed:?}"
        );
        let failed = sent_to("ämter@b.example", "250 well").await;
        assert!(matches!(failed, Failed::ForEver(_)), "{failed:?}");
        let failed = sent_to("nobody", "250 well").await;
        assert!(
            matches!(&failed, Failed::ForEver(fault) if fault.to_string().contains("no mail address")),
            "{failed:?}"
        );
    }

    #[tokio::test]
    async fn a_receiver_who_is_refused_for_now_is_asked_for_again() {
        let failed = sent_to("it@b.example", "451 later").await;
        assert!(
            matches!(&failed, Failed::ForNow(fault) if fault.to_string().contains("451")),
            "{failed:?}"
        );
    }
}
