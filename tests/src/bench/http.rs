//! The leanest HTTP client that is still one: one request after the other over one connection.
//!
//! It exists so that the clients of a measurement do not take the processor from the server that is
//! measured. It understands answers with a `Content-Length` and nothing else.

use std::net::SocketAddr;

use anyhow::{Context as _, bail, ensure};
use aufruf_protocol::latest::IDEMPOTENCY_KEY;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// LIMIT: an answer to a command is a few hundred bytes; one beyond this is not what was asked for.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A connection that is kept alive.
#[derive(Debug)]
pub(super) struct Keepalive {
    stream: TcpStream,
    address: SocketAddr,
    bearer: String,
    buffer: Vec<u8>,
}

/// Where an answer's parts are.
#[derive(Debug)]
struct Head {
    status: u16,
    length: usize,
    /// Where the body begins.
    body: usize,
}

impl Keepalive {
    pub(super) async fn connect(address: SocketAddr, token: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .context("connecting to the server")?;
        stream
            .set_nodelay(true)
            .context("switching off the delay")?;
        let bearer = format!("Bearer {token}");
        Ok(Self {
            stream,
            address,
            bearer,
            buffer: Vec::new(),
        })
    }

    /// Sends a command and returns the body of its answer.
    ///
    /// # Errors
    /// Also any answer that is not a good one.
    pub(super) async fn post(
        &mut self,
        path: &str,
        key: &str,
        body: &str,
    ) -> anyhow::Result<String> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\n{IDEMPOTENCY_KEY}: {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.bearer,
            body.len()
        );
        self.asks(&request).await
    }

    /// Asks for a page and returns its body.
    ///
    /// # Errors
    /// Also any answer that is not a good one.
    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<String> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\n\r\n",
            self.address, self.bearer,
        );
        self.asks(&request).await
    }

    async fn asks(&mut self, request: &str) -> anyhow::Result<String> {
        self.stream
            .write_all(request.as_bytes())
            .await
            .context("sending a request")?;
        let head = loop {
            if let Some(head) = head_of(&self.buffer)? {
                break head;
            }
            self.read_more().await?;
        };
        while self.buffer.len() < head.body + head.length {
            self.read_more().await?;
        }
        let answer: Vec<u8> = self.buffer.drain(..head.body + head.length).collect();
        let body = String::from_utf8(answer[head.body..].to_vec()).context("the answer's text")?;
        ensure!(
            (200..300).contains(&head.status),
            "status {}: {body}",
            head.status
        );
        Ok(body)
    }

    async fn read_more(&mut self) -> anyhow::Result<()> {
        ensure!(
            self.buffer.len() < LONGEST_ANSWER,
            "the answer does not end"
        );
        let count = self
            .stream
            .read_buf(&mut self.buffer)
            .await
            .context("reading an answer")?;
        ensure!(count > 0, "the server has hung up");
        Ok(())
    }
}

/// Reads the head of an answer once it is whole.
fn head_of(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&bytes[..end]).context("the answer's head")?;
    let mut lines = text.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .context("no status")?;
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse())
    });
    let Some(length) = length else {
        bail!("an answer without a length:\n{text}");
    };
    Ok(Some(Head {
        status: status.parse()?,
        length: length?,
        body: end + 4,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let answer = b"HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nhello";
        assert!(head_of(&answer[..20]).expect("no fault").is_none());
        let head = head_of(answer).expect("no fault").expect("whole");
        assert_eq!(
            (head.status, head.length, &answer[head.body..]),
            (201, 5, &b"hello"[..])
        );
    }
}
