//! Ids and secrets, made in one place.

use std::fmt::Write;
use std::sync::Arc;

use aufruf_engine::TicketId;
use uuid::Uuid;

use crate::clock::Clock;

/// Makes ids that sort by time (UUID version 7, RFC 9562).
#[derive(Debug, Clone)]
pub struct IdSource {
    clock: Arc<dyn Clock>,
}

impl IdSource {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    pub fn ticket(&self) -> TicketId {
        TicketId(self.uuid())
    }

    /// Names one run of the server, so that screens notice a new one.
    pub fn epoch(&self) -> String {
        self.uuid().simple().to_string()
    }

    fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
    }
}

/// A fresh secret: 32 random bytes as hex.
pub fn fresh_token() -> String {
    hex(&random::<32>())
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the kernel gives random bytes once it has booted");
    bytes
}
