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
        let letter = self.letter(message)?;
        let transport = self.transport().await?;
        let sent = tokio::time::timeout(WITHIN, transport.send(letter)).await;
        let silent = |_| SendFault::new(format!("no answer within {} s", WITHIN.as_secs()));
        sent.map_err(silent)?.map_err(|fault| told(&fault))?;
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

/// An error with its causes on one line.
fn told(fault: &dyn std::error::Error) -> SendFault {
    let causes = std::iter::successors(fault.source(), |&cause| cause.source());
    SendFault::new(causes.fold(fault.to_string(), |text, cause| format!("{text}: {cause}")))
}
