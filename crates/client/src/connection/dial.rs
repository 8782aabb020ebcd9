//! Makes the line: a TCP connection, upgraded to the push channel with the device's token.

use std::future::Future;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::http::header::{AUTHORIZATION, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, handshake::client::Request};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use tokio_util::either::Either;

use crate::Address;
use crate::way::{Approach, Way};

/// Connecting and upgrading may take this long together, as silence may later.
const PATIENCE: Duration = Duration::from_secs(4);
/// The default buffers are 128 KiB each; messages are small and many devices are small too.
const BUFFER_BYTES: usize = 4096;
/// LIMIT: the largest message is a panel's snapshot: 10,000 open tickets of half a kilobyte.
const MESSAGE_BYTES: usize = 8 << 20;

/// A way to a fresh line. The office's is TCP with TLS; tests hold the other end in memory.
pub(crate) trait Dial: Send {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send;

    /// A line, and the request that asks for the push channel over it.
    fn dial(&mut self) -> impl Future<Output = io::Result<(Self::Stream, Request)>> + Send;

    /// What is to be done before the next try.
    fn approach(&mut self) -> impl Future<Output = Approach> + Send {
        std::future::ready(Approach::Go)
    }

    /// There was no line.
    fn failed(&mut self, _why: &DialError) {}

    /// The server let the device in.
    fn arrived(&mut self) {}

    /// The line is alive.
    fn tend(&mut self, _now: Timestamp) {}
}

/// The way to the office server.
pub(crate) struct WayDial {
    pub(crate) way: Way,
    pub(crate) software: String,
    pub(crate) tls: TlsConnector,
}

impl Dial for WayDial {
    type Stream = Either<TcpStream, TlsStream<TcpStream>>;

    async fn dial(&mut self) -> io::Result<(Self::Stream, Request)> {
        let address = self.way.address().ok_or(io::ErrorKind::AddrNotAvailable)?;
        let request = upgrade_request(&address, self.way.newest_bearer());
        let stream = TcpStream::connect(address.host_port()).await?;
        // A call must not wait for more bytes to come along.
        stream.set_nodelay(true)?;
        if !address.is_encrypted() {
            return Ok((Either::Left(stream), request));
        }
        let name = ServerName::try_from(address.host().to_owned()).map_err(io::Error::other)?;
        let stream = self.tls.connect(name, stream).await?;
        Ok((Either::Right(stream), request))
    }

    async fn approach(&mut self) -> Approach {
        self.way.approach(&self.software).await
    }

    fn failed(&mut self, why: &DialError) {
        match why {
            DialError::Upgrade {
                source: tungstenite::Error::Http(answer),
            } if answer.status() == StatusCode::UNAUTHORIZED => {
                self.way.refused();
            }
            DialError::Connect { .. } | DialError::Upgrade { .. } | DialError::TimedOut => {
                self.way.failed();
            }
        }
    }

    fn arrived(&mut self) {
        self.way.arrived();
    }

    fn tend(&mut self, now: Timestamp) {
        self.way.tend(now);
    }
}

/// Why there is no line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DialError {
    #[error("cannot reach the server")]
    Connect {
        #[source]
        source: io::Error,
    },
    #[error("the server refused the push channel")]
    Upgrade {
        #[source]
        source: tungstenite::Error,
    },
    #[error("the server did not answer within {} s", PATIENCE.as_secs())]
    TimedOut,
}

/// The request that asks for the push channel.
pub(crate) fn upgrade_request(address: &Address, bearer: HeaderValue) -> Request {
    let mut request = address
        .push_url()
        .into_client_request()
        .expect("a parsed address makes a request");
    request.headers_mut().insert(AUTHORIZATION, bearer);
    request
}

/// Connects and upgrades, or says why not, within four seconds.
pub(crate) async fn open_line<D: Dial>(
    dial: &mut D,
) -> Result<WebSocketStream<D::Stream>, DialError> {
    let line = async {
        let (stream, request) = dial
            .dial()
            .await
            .map_err(|source| DialError::Connect { source })?;
        let (line, _) = client_async_with_config(request, stream, Some(small_buffers()))
            .await
            .map_err(|source| DialError::Upgrade { source })?;
        Ok(line)
    };
    timeout(PATIENCE, line)
        .await
        .unwrap_or(Err(DialError::TimedOut))
}

fn small_buffers() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_message_size(Some(MESSAGE_BYTES))
        .max_frame_size(Some(MESSAGE_BYTES))
}
