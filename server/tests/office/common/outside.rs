//! The world outside the office, for what tells IT: an HTTP server and a mail server, on real sockets.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Posted {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        let pair = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(pair.1)
    }
}

/// Listens for POSTs.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    pub(crate) posted: mpsc::UnboundedReceiver<Posted>,
    answers: Arc<Mutex<&'static str>>,
}

impl Receiver {
    pub(crate) async fn listens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let answers = Arc::new(Mutex::new("204 No Content"));
        let (tell, posted) = mpsc::unbounded_channel();
        tokio::spawn({
            let answers = Arc::clone(&answers);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let answer = *answers.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(request) = take(stream, answer).await {
                        let _nobody_looks = tell.send(request);
                    }
                }
            }
        });
        Self {
            port,
            posted,
            answers,
        }
    }

    /// From now on.
    pub(crate) fn answers(&self, status: &'static str) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = status;
    }
}

/// Reads one request, and answers it.
pub(crate) async fn take(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &str,
) -> Option<Posted> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        stream.read_line(&mut head).await.ok().filter(|n| *n > 0)?;
    }
    let mut request = Posted {
        head,
        body: String::new(),
    };
    let length: usize = request.header("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    request.body = String::from_utf8(body).ok()?;
    let answer = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.flush().await.ok()?;
    Some(request)
}

/// A mail server that takes everything: what was said to it, a conversation at a time.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    pub(crate) heard: mpsc::UnboundedReceiver<String>,
}

impl MailServer {
    pub(crate) async fn listens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (tell, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some(mail) = converse(stream).await {
                    let _nobody_looks = tell.send(mail);
                }
            }
        });
        Self { port, heard }
    }
}

/// SMTP (RFC 5321), as far as one mail needs it.
async fn converse(stream: TcpStream) -> Option<String> {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    stream.write_all(b"220 mail.example ready\r\n").await.ok()?;
    loop {
        let begin = heard.len();
        stream.read_line(&mut heard).await.ok().filter(|n| *n > 0)?;
        let verb = heard[begin..].split_whitespace().next().unwrap_or_default();
        let answer: &[u8] = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => b"250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n",
            "AUTH" => b"235 welcome\r\n",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                while !heard.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut heard).await.ok().filter(|n| *n > 0)?;
                }
                stream.write_all(b"250 taken\r\n").await.ok()?;
                return Some(heard);
            }
            _ => b"250 well\r\n",
        };
        stream.write_all(answer).await.ok()?;
    }
}
