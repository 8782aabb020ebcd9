//! A request over a real socket, word for word as a test says it: for programs of other versions and of other people.
//! One request a connection.

use std::net::SocketAddr;

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::office::PATIENCE;

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The body as what it should be.
    pub fn read<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_str(&self.body)
            .with_context(|| format!("reading {} {}", self.status, self.body))
    }
}

/// Sends a request with these headers, a line each.
pub async fn ask(
    address: SocketAddr,
    request: &str,
    headers: &[String],
    body: &str,
) -> anyhow::Result<Answer> {
    let headers = headers.iter().map(|header| format!("{header}\r\n"));
    let headers: String = headers.collect();
    let text = format!(
        "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answered = async {
        let mut stream = TcpStream::connect(address).await.context("connecting")?;
        stream.write_all(text.as_bytes()).await.context("asking")?;
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer).await;
        read.context("hearing the answer")?;
        anyhow::Ok(answer)
    };
    let answer = timeout(PATIENCE, answered).await;
    let answer = answer.with_context(|| format!("{request} was not answered"))??;
    let (head, body) = answer.split_once("\r\n\r\n").context("half an answer")?;
    let status = head.split(' ').nth(1).context("an answer without status")?;
    Ok(Answer {
        status: status.parse().context("reading the status")?,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

/// The header that proves who asks.
pub fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}
