//! The agent on real lines: a WebSocket to a small server, and TCP or a terminal to a printer.

use std::io::Read as _;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use aufruf_client::clock::{Clock as _, SystemClock};
use aufruf_client::{Connection, Token, Way};
use aufruf_printer::agent::{Agent, Press};
use aufruf_printer::alphabet::USUAL_PAGES;
use aufruf_printer::encoder::HighBytes;
use aufruf_printer::layout::Paper;
use aufruf_printer::spool::Spool;
use aufruf_printer::transport::{SerialTransport, TcpTransport, Transport};
use aufruf_protocol::latest::{
    Align, Block, DeviceMessage, JobId, OfficeInfo, PrintDocument, PrintJob, PrintOutcome,
    PrintReport, PrinterView, Role, ServerMessage, TextSize, TicketId, View, Weight, Welcome,
};
use futures_util::{SinkExt as _, StreamExt as _};
use jiff::SignedDuration;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);

/// The office server's end of the push channel.
struct Server {
    listener: tokio::net::TcpListener,
}

struct Line(WebSocketStream<TcpStream>);

impl Server {
    async fn starts() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        Self {
            listener: listener.expect("a port"),
        }
    }

    fn address(&self) -> String {
        format!(
            "http://{}",
            self.listener.local_addr().expect("its address")
        )
    }

    /// Takes the agent's connection and shows it the jobs without a last word.
    async fn welcomes(&self, jobs: &[PrintJob]) -> Line {
        let accepted = timeout(PATIENCE, self.listener.accept()).await;
        let (stream, _) = accepted.expect("the agent comes").expect("a line");
        let mut line = Line(accept_async(stream).await.expect("the push channel"));
        assert!(matches!(line.hears().await, DeviceMessage::Hello(_)));
        line.says(&ServerMessage::Welcome(Box::new(Welcome {
            protocol: 1,
            software: "test".to_owned(),
            epoch: "a".to_owned(),
            device: "printer-1".to_owned(),
            role: Role::Printer,
            now: SystemClock.now(),
            office: OfficeInfo::default(),
        })))
        .await;
        let jobs = jobs.to_vec();
        let view = View::Printer(PrinterView { jobs });
        line.says(&ServerMessage::Snapshot { seq: 1, view }).await;
        line
    }
}

impl Line {
    async fn says(&mut self, message: &ServerMessage) {
        let text = serde_json::to_string(message).expect("JSON");
        self.0.send(Message::text(text)).await.expect("said");
    }

    async fn hears(&mut self) -> DeviceMessage {
        let frame = timeout(PATIENCE, self.0.next()).await;
        let frame = frame.expect("a word").expect("a line").expect("a frame");
        serde_json::from_str(frame.to_text().expect("text")).expect("a message")
    }

    async fn report(&mut self) -> PrintReport {
        loop {
            if let DeviceMessage::Printed(report) = self.hears().await {
                return report;
            }
        }
    }
}

/// A printer on TCP: each connection is one sheet.
fn tcp_printer() -> (TcpTransport, UnboundedReceiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let (sheets, paper) = unbounded_channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut sheet = Vec::new();
            let read = stream.and_then(|mut stream| stream.read_to_end(&mut sheet));
            if read.is_err() || sheets.send(sheet).is_err() {
                return;
            }
        }
    });
    (TcpTransport::new(format!("localhost:{port}")), paper)
}

async fn next_sheet(paper: &mut UnboundedReceiver<Vec<u8>>) -> Vec<u8> {
    let sheet = timeout(PATIENCE, paper.recv()).await;
    sheet.expect("a sheet").expect("the printer is there")
}

/// A printer at a serial port: our end of a pseudo-terminal, and the port.
fn serial_printer() -> (SerialTransport, OwnedFd) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let printer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&printer).expect("ours");
    unlockpt(&printer).expect("open");
    let name = ptsname(&printer, Vec::new()).expect("its name");
    let port = name.to_str().expect("a path");
    (SerialTransport::new(port, 19_200), printer)
}

fn agent(
    server: &Server,
    spool: &std::path::Path,
    transport: impl Transport + 'static,
) -> JoinHandle<()> {
    let clock = Arc::new(SystemClock);
    let press = Press {
        transport: Arc::new(transport),
        paper: Paper {
            columns: 48,
            pages: USUAL_PAGES.to_vec(),
        },
        high_bytes: HighBytes::Letters,
    };
    let spool = Spool::open(spool, clock.now()).expect("the spool");
    let token = Token::parse("abc").expect("a token");
    let way = Way::to(&server.address(), token).expect("an address");
    let (connection, updates) = Connection::open(&way, "aufruf-printer test", clock.clone());
    let say = move |message| connection.send(message);
    tokio::spawn(Agent::new(spool, press, clock, say).run(updates, std::future::pending()))
}

fn ticket(number: &str, lives: SignedDuration) -> PrintJob {
    let text = |text: &str, size| Block::Text {
        text: text.to_owned(),
        size,
        weight: Weight::Bold,
        align: Align::Centre,
    };
    PrintJob {
        id: JobId::new(format!("{number}-1")),
        ticket: TicketId(Uuid::nil()),
        number: number.to_owned(),
        expires_at: SystemClock.now() + lives,
        document: PrintDocument {
            language: "de".to_owned(),
            blocks: vec![
                text("Bürgeramt", TextSize::Large),
                text(number, TextSize::Number),
                Block::Cut,
            ],
        },
    }
}

fn shows(sheet: &[u8], number: &str) -> bool {
    sheet
        .windows(number.len())
        .any(|at| at == number.as_bytes())
}

#[tokio::test]
async fn a_ticket_offered_again_after_a_broken_line_and_a_restart_is_printed_once() {
    let server = Server::starts().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (printer, mut paper) = tcp_printer();
    let running = agent(&server, folder.path(), printer.clone());
    let first = ticket("A012", SignedDuration::from_mins(5));

    // The line breaks before the agent's word arrives.
    let mut line = server.welcomes(&[]).await;
    let job = first.clone();
    line.says(&ServerMessage::PrintJob { seq: 2, job }).await;
    let sheet = next_sheet(&mut paper).await;
    assert!(shows(&sheet, "A012"), "{sheet:02x?}");
    drop(line);

    let mut line = server.welcomes(std::slice::from_ref(&first)).await;
    assert_eq!(line.report().await.outcome, PrintOutcome::Printed);
    running.abort();
    assert!(running.await.expect_err("killed").is_cancelled());
    drop(line);

    let _running = agent(&server, folder.path(), printer);
    let second = ticket("A013", SignedDuration::from_mins(5));
    let mut line = server.welcomes(&[first.clone(), second]).await;
    let report = line.report().await;
    assert_eq!(
        (report.job, report.outcome),
        (first.id, PrintOutcome::Printed)
    );
    let sheet = next_sheet(&mut paper).await;
    assert!(
        shows(&sheet, "A013") && !shows(&sheet, "A012"),
        "{sheet:02x?}"
    );
}

#[tokio::test]
async fn an_expired_ticket_is_reported_and_not_printed() {
    let server = Server::starts().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (printer, mut paper) = tcp_printer();
    let _running = agent(&server, folder.path(), printer);
    let stale = ticket("A012", SignedDuration::from_secs(-1));
    let fresh = ticket("A013", SignedDuration::from_mins(5));
    let mut line = server.welcomes(&[stale, fresh]).await;
    assert_eq!(line.report().await.outcome, PrintOutcome::Expired);
    assert_eq!(line.report().await.outcome, PrintOutcome::Printed);
    let sheet = next_sheet(&mut paper).await;
    assert!(
        shows(&sheet, "A013") && !shows(&sheet, "A012"),
        "{sheet:02x?}"
    );
}

#[tokio::test]
async fn a_ticket_comes_out_of_a_serial_printer() {
    let server = Server::starts().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (port, printer) = serial_printer();
    let reader = thread::spawn(move || {
        let mut printer = std::fs::File::from(printer);
        let mut sheet = Vec::new();
        while !sheet.ends_with(b"\x1dVB\x00") {
            let mut byte = [0];
            printer.read_exact(&mut byte).expect("a byte");
            sheet.extend(byte);
        }
        (printer, sheet)
    });
    let _running = agent(&server, folder.path(), port);
    let job = ticket("A012", SignedDuration::from_mins(5));
    let mut line = server.welcomes(&[job]).await;
    assert_eq!(line.report().await.outcome, PrintOutcome::Printed);
    let (_printer, sheet) = reader.join().expect("the reader");
    assert!(sheet.starts_with(b"\x1b@"));
    assert!(shows(&sheet, "A012"), "{sheet:02x?}");
}
