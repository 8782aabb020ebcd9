//! Makes the line: a TCP connection, upgraded to the push channel with the device's token.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, handshake::client::Request};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::{Address, Token};

/// Connecting and upgrading may take this long together, as silence may later.
const PATIENCE: Duration = Duration::from_secs(4);
/// The default buffers are 128 KiB each; messages are small and many devices are small too.
const BUFFER_BYTES: usize = 4096;
/// LIMIT: the largest message is a panel's snapshot: 10,000 open tickets of half a kilobyte.
const MESSAGE_BYTES: usize = 8 << 20;

/// A way to a fresh line. The office's is TCP; tests hold the other end in memory.
pub(crate) trait Dial: Send {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send;

    fn dial(&mut self) -> impl Future<Output = io::Result<Self::Stream>> + Send;
}

/// TCP to the office server.
#[derive(Debug)]
pub(crate) struct TcpDial(pub(crate) Address);

impl Dial for TcpDial {
    type Stream = TcpStream;

    async fn dial(&mut self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.0.host_port()).await?;
        // A call must not wait for more bytes to come along.
        stream.set_nodelay(true)?;
        Ok(stream)
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
pub(crate) fn upgrade_request(address: &Address, token: Token) -> Request {
    let mut request = address
        .push_url()
        .into_client_request()
        .expect("a parsed address makes a request");
    request
        .headers_mut()
        .insert(AUTHORIZATION, token.into_bearer());
    request
}

/// Connects and upgrades, or says why not, within four seconds.
pub(crate) async fn open_line<D: Dial>(
    dial: &mut D,
    request: Request,
) -> Result<WebSocketStream<D::Stream>, DialError> {
    let line = async {
        let stream = dial
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
