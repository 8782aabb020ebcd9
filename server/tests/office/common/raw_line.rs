//! A device's push channel over a real socket, by hand: what a program of another version says is sent as it is.

use std::net::SocketAddr;

use aufruf_server::app::AppState;
use aufruf_server::router::router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves the office's routes on a port of this box.
pub(crate) async fn on_the_network(app: &AppState) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = router(app.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The device's end. It hangs up when it is dropped.
#[derive(Debug)]
pub(crate) struct RawLine(TcpStream);

impl RawLine {
    /// Upgrades, and says hello.
    pub(crate) async fn of(server: SocketAddr, device: &str, software: &str) -> Self {
        let mut stream = TcpStream::connect(server).await.expect("somebody listens");
        let request = format!(
            "GET /api/v1/ws HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {device}-token\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("an answer"));
        }
        let head = String::from_utf8(head).expect("text");
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        let mut line = Self(stream);
        let hello = format!(r#"{{"type":"hello","protocol":1,"software":"{software}"}}"#);
        line.says(&hello).await;
        line
    }

    /// Sends one text frame with a length of two bytes, masked with nought.
    pub(crate) async fn says(&mut self, text: &str) {
        let length = u16::try_from(text.len()).expect("a short message");
        let mut frame = vec![0x81, 0xfe];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await.expect("sent");
    }
}
