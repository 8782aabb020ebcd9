//! A receipt printer on the network: takes bytes on a TCP port, reads them back, draws every ticket.

use std::fs::File;
use std::io::BufWriter;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::moment::Moment;
use crate::paper::{Command, Paper, Parsed, Typeface, Unreadable};
use crate::places::asset;

/// "On line, no fault, paper enough" in the answer to every question of `DLE EOT`.
const ALL_WELL: u8 = 0x12;
/// LIMIT: a ticket that is longer has lost its cut; the connection is dropped.
const LONGEST_TICKET_BYTES: usize = 4 * 1024 * 1024;

/// A listening printer; it is unplugged with this value.
#[derive(Debug)]
pub struct VirtualPrinter {
    address: SocketAddr,
    tickets: watch::Receiver<Vec<PrintedTicket>>,
    listener: JoinHandle<()>,
}

/// One ticket that lies in the tray.
#[derive(Debug, Clone)]
pub struct PrintedTicket {
    pub first_byte: Moment,
    /// When it was cut, or when the connection broke before that.
    pub ended: Moment,
    pub drawn: Moment,
    pub bytes: Vec<u8>,
    pub paper: Result<Paper, Unreadable>,
    /// Where it was drawn; none if nothing was readable on it.
    pub picture: Option<PathBuf>,
}

/// Where tickets go when they are whole.
#[derive(Debug)]
struct Tray {
    folder: PathBuf,
    typeface: Typeface,
    tickets: watch::Sender<Vec<PrintedTicket>>,
}

impl VirtualPrinter {
    /// Listens on loopback and puts `ticket-001.png` and `ticket-001.bin` and so on into `folder`.
    pub async fn plugged_in(port: u16, folder: &Path) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("listening on port {port} as a printer"))?;
        let address = listener
            .local_addr()
            .context("asking for the printer's port")?;
        let (sender, tickets) = watch::channel(Vec::new());
        let typeface = Typeface::load(
            &asset("fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
            &asset("fonts/AtkinsonHyperlegibleNext-ExtraBold.ttf"),
        )?;
        std::fs::create_dir_all(folder)
            .with_context(|| format!("creating {}", folder.display()))?;
        let tray = Tray {
            folder: folder.to_owned(),
            typeface,
            tickets: sender,
        };
        let listener = tokio::spawn(accept(listener, Arc::new(tray)));
        Ok(Self {
            address,
            tickets,
            listener,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What lies in the tray.
    pub fn tickets(&self) -> Vec<PrintedTicket> {
        self.tickets.borrow().clone()
    }

    /// Waits for the next ticket after the first `known` ones.
    pub async fn ticket_after(&mut self, known: usize) -> anyhow::Result<PrintedTicket> {
        let tickets = self
            .tickets
            .wait_for(|tickets| tickets.len() > known)
            .await
            .context("the printer was unplugged")?;
        Ok(tickets[known].clone())
    }
}

impl Drop for VirtualPrinter {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl PrintedTicket {
    /// The number, which is what a ticket says largest.
    pub fn number(&self) -> Option<String> {
        self.paper.as_ref().ok()?.largest_line()
    }
}

async fn accept(listener: TcpListener, tray: Arc<Tray>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&tray)));
    }
}

/// One connection: cuts its bytes into tickets and answers questions about the printer's state.
async fn serve(mut stream: TcpStream, tray: Arc<Tray>) {
    let mut roll = Roll::default();
    let mut buffer = [0; 4096];
    // An error is a broken connection, which ends it as its end does.
    while let Ok(count @ 1..) = stream.read(&mut buffer).await {
        let fed = roll.feed(&buffer[..count]);
        if !fed.answers.is_empty() && stream.write_all(&fed.answers).await.is_err() {
            break;
        }
        for ticket in fed.tickets {
            tray.take(ticket);
        }
        if roll.bytes.len() > LONGEST_TICKET_BYTES {
            break;
        }
    }
    if let Some(torn) = roll.torn_off() {
        tray.take(torn);
    }
}

/// The bytes of the ticket that is being printed.
#[derive(Debug, Default)]
struct Roll {
    bytes: Vec<u8>,
    /// How far whole commands reach.
    read: usize,
    began: Option<Moment>,
}

/// What one read brought.
#[derive(Debug, Default)]
struct Fed {
    tickets: Vec<RawTicket>,
    answers: Vec<u8>,
}

/// A ticket's bytes before anybody reads them.
#[derive(Debug)]
struct RawTicket {
    first_byte: Moment,
    ended: Moment,
    bytes: Vec<u8>,
}

impl Roll {
    fn feed(&mut self, fresh: &[u8]) -> Fed {
        self.bytes.extend_from_slice(fresh);
        let mut fed = Fed::default();
        loop {
            let length = match Command::parse(&self.bytes[self.read..]) {
                Parsed::Whole(Command::Status(_), length) => {
                    // A question is answered at once and is no part of a ticket.
                    self.bytes.drain(self.read..self.read + length);
                    fed.answers.push(ALL_WELL);
                    continue;
                }
                Parsed::Whole(Command::Cut { .. }, length) => {
                    self.begin();
                    self.read += length;
                    fed.tickets.extend(self.cut_off());
                    continue;
                }
                Parsed::Whole(_, length) => length,
                // The reader will say where it stands and what is wrong with it.
                Parsed::Unknown(_) => 1,
                Parsed::CutOff => return fed,
            };
            self.begin();
            self.read += length;
        }
    }

    fn begin(&mut self) {
        self.began.get_or_insert_with(Moment::now);
    }

    fn cut_off(&mut self) -> Option<RawTicket> {
        let first_byte = self.began.take()?;
        let bytes = self.bytes.drain(..self.read).collect();
        self.read = 0;
        Some(RawTicket {
            first_byte,
            ended: Moment::now(),
            bytes,
        })
    }

    /// What was printed when the connection broke, if anything was.
    fn torn_off(mut self) -> Option<RawTicket> {
        self.read = self.bytes.len();
        self.cut_off()
    }
}

impl Tray {
    /// Reads, draws and lays down one ticket. A ticket that moved no paper is none.
    fn take(&self, raw: RawTicket) {
        let paper = Paper::read(&raw.bytes);
        if paper
            .as_ref()
            .is_ok_and(|paper| paper.strips.is_empty() && !paper.cut)
        {
            return;
        }
        self.tickets.send_modify(|tickets| {
            let stem = format!("ticket-{:03}", tickets.len() + 1);
            let picture = self.lay_down(&stem, &raw.bytes, &paper);
            tickets.push(PrintedTicket {
                first_byte: raw.first_byte,
                ended: raw.ended,
                drawn: Moment::now(),
                bytes: raw.bytes,
                picture,
                paper,
            });
        });
    }

    fn lay_down(
        &self,
        stem: &str,
        bytes: &[u8],
        paper: &Result<Paper, Unreadable>,
    ) -> Option<PathBuf> {
        let path = self.folder.join(format!("{stem}.png"));
        let drawn = std::fs::write(self.folder.join(format!("{stem}.bin")), bytes)
            .context("writing the ticket's bytes")
            .and_then(|()| paper.as_ref().map_err(|err| anyhow::anyhow!(err.clone())))
            .and_then(|paper| {
                let file = File::create(&path).context("creating the ticket's picture")?;
                Ok(paper.write_png(&self.typeface, BufWriter::new(file))?)
            });
        match drawn {
            Ok(()) => Some(path),
            Err(err) => {
                eprintln!("virtual printer: {stem}: {err:#}");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(roll: &mut Roll, parts: &[&[u8]]) -> (Vec<Vec<u8>>, Vec<u8>) {
        let mut tickets = Vec::new();
        let mut answers = Vec::new();
        for part in parts {
            let fed = roll.feed(part);
            tickets.extend(fed.tickets.into_iter().map(|ticket| ticket.bytes));
            answers.extend(fed.answers);
        }
        (tickets, answers)
    }

    #[tokio::test]
    async fn a_ticket_ends_with_its_cut_however_the_bytes_came() {
        let mut roll = Roll::default();
        let parts: [&[u8]; 4] = [b"\x1b@A0", b"01\n\x1dV", b"A\x00B002\n", b"\x1dV\x00"];
        let (tickets, answers) = fed(&mut roll, &parts);
        assert_eq!(
            tickets,
            [
                b"\x1b@A001\n\x1dVA\x00".to_vec(),
                b"B002\n\x1dV\x00".to_vec()
            ]
        );
        assert!(answers.is_empty());
        assert!(roll.torn_off().is_none());
    }

    #[tokio::test]
    async fn a_question_is_answered_and_is_no_ticket() {
        let mut roll = Roll::default();
        let (tickets, answers) = fed(&mut roll, &[b"\x10\x04\x04", b"\x10\x04\x01"]);
        assert!(tickets.is_empty());
        assert_eq!(answers, [ALL_WELL, ALL_WELL]);
        assert!(roll.torn_off().is_none());
    }

    #[tokio::test]
    async fn a_broken_connection_leaves_a_torn_ticket() {
        let mut roll = Roll::default();
        fed(&mut roll, &[b"A001\nhal"]);
        let torn = roll.torn_off().expect("something was printed");
        assert!(!Paper::read(&torn.bytes).expect("readable").cut);
    }
}
