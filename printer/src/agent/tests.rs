//! The agent with a printer made of paper and a clock that can be moved.

use std::io;
use std::sync::Mutex;

use aufruf_client::clock::ManualClock;
use aufruf_protocol::latest::{
    Align, Block, OfficeInfo, PrintDocument, PrinterView, Role, TextSize, TicketId, Weight, Welcome,
};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use uuid::Uuid;

use super::*;
use crate::alphabet::USUAL_PAGES;
use crate::encoder::HighBytes;
use crate::layout::Paper;
use crate::transport::Transport;

fn start() -> Timestamp {
    "2026-11-02T08:00:00Z".parse().expect("an instant")
}

/// The time of day goes with tokio's clock, which tests move.
#[derive(Debug)]
struct OfficeClock(Instant);

impl Clock for OfficeClock {
    fn now(&self) -> Timestamp {
        let gone = SignedDuration::try_from(self.0.elapsed()).expect("a short while");
        start() + gone
    }
}

/// What the printer does when it is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Prints,
    IsOff,
    BreaksOff,
    Hangs,
}

#[derive(Debug, Clone)]
struct FakePrinter {
    mood: Arc<Mutex<Mood>>,
    sheets: Arc<Mutex<Vec<Vec<u8>>>>,
    /// A printer that hangs does so until this is gone.
    hanging: Arc<Mutex<Option<std::sync::mpsc::Receiver<()>>>>,
}

impl FakePrinter {
    fn that(mood: Mood) -> Self {
        Self {
            mood: Arc::new(Mutex::new(mood)),
            sheets: Arc::default(),
            hanging: Arc::default(),
        }
    }

    fn becomes(&self, mood: Mood) {
        *self.mood.lock().expect("the mood") = mood;
    }

    /// How many sheets show the number.
    fn sheets_with(&self, number: &str) -> usize {
        let sheets = self.sheets.lock().expect("the sheets");
        let shows = |sheet: &&Vec<u8>| {
            sheet
                .windows(number.len())
                .any(|at| at == number.as_bytes())
        };
        sheets.iter().filter(shows).count()
    }
}

impl Transport for FakePrinter {
    fn place(&self) -> String {
        "the shelf".to_owned()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        match *self.mood.lock().expect("the mood") {
            Mood::IsOff => Err(io::ErrorKind::ConnectionRefused.into()),
            _ => Ok(Box::new(self.clone())),
        }
    }
}

impl Line for FakePrinter {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sheets.lock().expect("the sheets").push(bytes.to_vec());
        let mood = *self.mood.lock().expect("the mood");
        match mood {
            Mood::BreaksOff => Err(io::ErrorKind::BrokenPipe.into()),
            Mood::Hangs => {
                let until = self.hanging.lock().expect("the rope").take();
                // The other end is dropped, never used.
                let _ = until.expect("a rope").recv();
                Ok(())
            }
            Mood::Prints | Mood::IsOff => Ok(()),
        }
    }
}

/// One agent, the server's end of its line, and its spool on disk.
struct Office {
    folder: Arc<tempfile::TempDir>,
    printer: FakePrinter,
    updates: mpsc::Sender<Update>,
    said: UnboundedReceiver<DeviceMessage>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    agent: JoinHandle<()>,
}

impl Office {
    fn with(printer: FakePrinter) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::in_folder(folder, printer, Arc::new(OfficeClock(Instant::now())))
    }

    fn in_folder(
        folder: Arc<tempfile::TempDir>,
        printer: FakePrinter,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let spool = Spool::open(folder.path(), clock.now()).expect("the spool");
        let press = Press {
            transport: Arc::new(printer.clone()),
            paper: Paper {
                columns: 48,
                pages: USUAL_PAGES.to_vec(),
            },
            high_bytes: HighBytes::Letters,
        };
        let (updates, heard) = mpsc::channel(16);
        let (say, said) = mpsc::unbounded_channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let tell = move |message| say.send(message).expect("the test listens");
        let agent = Agent::new(spool, press, clock, tell).run(heard, async {
            let _ = stopped.await;
        });
        Self {
            folder,
            printer,
            updates,
            said,
            stop: Some(stop),
            agent: tokio::spawn(agent),
        }
    }

    async fn tells(&self, message: ServerMessage) {
        let update = Update::Message(message);
        self.updates.send(update).await.expect("the agent listens");
    }

    async fn offers(&self, job: &PrintJob) {
        let job = job.clone();
        self.tells(ServerMessage::PrintJob { seq: 1, job }).await;
    }

    /// The line was broken and is back.
    async fn welcomes(&self) {
        let welcome = Welcome {
            protocol: 1,
            software: "test".to_owned(),
            epoch: "a".to_owned(),
            device: "printer-1".to_owned(),
            role: Role::Printer,
            now: start(),
            office: OfficeInfo::default(),
        };
        self.tells(ServerMessage::Welcome(Box::new(welcome))).await;
    }

    async fn snapshot(&self, jobs: &[PrintJob]) {
        let jobs = jobs.to_vec();
        let view = View::Printer(PrinterView { jobs });
        self.tells(ServerMessage::Snapshot { seq: 1, view }).await;
    }

    async fn says(&mut self) -> DeviceMessage {
        self.said.recv().await.expect("the agent runs")
    }

    async fn reports(&mut self) -> PrintReport {
        loop {
            if let DeviceMessage::Printed(report) = self.says().await {
                return report;
            }
        }
    }

    async fn outcome(&mut self) -> PrintOutcome {
        self.reports().await.outcome
    }

    async fn faults(&mut self) -> Vec<String> {
        loop {
            if let DeviceMessage::Status(status) = self.says().await {
                return status.faults;
            }
        }
    }

    async fn stops(mut self) -> Arc<tempfile::TempDir> {
        drop(self.stop.take());
        self.agent.await.expect("a quiet end");
        self.folder
    }

    /// As by kill -9: no last words.
    async fn killed(self) -> Arc<tempfile::TempDir> {
        self.agent.abort();
        let end = self.agent.await;
        assert!(end.expect_err("no quiet end").is_cancelled());
        self.folder
    }
}

fn job(number: &str, lives_secs: i64) -> PrintJob {
    PrintJob {
        id: JobId::new(format!("{number}-1")),
        ticket: TicketId(Uuid::nil()),
        number: number.to_owned(),
        expires_at: start() + SignedDuration::from_secs(lives_secs),
        document: PrintDocument {
            language: "de".to_owned(),
            blocks: vec![
                Block::Text {
                    text: number.to_owned(),
                    size: TextSize::Number,
                    weight: Weight::Bold,
                    align: Align::Centre,
                },
                Block::Cut,
            ],
        },
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_is_printed_once_however_often_it_is_offered() {
    let mut office = Office::with(FakePrinter::that(Mood::Prints));
    let ticket = job("A012", 60);
    office.offers(&ticket).await;
    office.offers(&ticket).await;
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    office.welcomes().await;
    office.snapshot(std::slice::from_ref(&ticket)).await;
    assert_eq!(office.outcome().await, PrintOutcome::Printed, "told again");
    assert_eq!(
        office.outcome().await,
        PrintOutcome::Printed,
        "and once more"
    );
    assert_eq!(office.printer.sheets_with("A012"), 1);
}

#[tokio::test(start_paused = true)]
async fn jobs_come_out_in_the_order_they_came_in() {
    let mut office = Office::with(FakePrinter::that(Mood::Prints));
    let jobs = [job("A012", 60), job("A013", 60), job("A014", 60)];
    office.snapshot(&jobs).await;
    for job in &jobs {
        assert_eq!(office.reports().await.job, job.id);
    }
    assert_eq!(office.printer.sheets_with("A013"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_outcome_is_told_after_every_break_until_the_server_has_it() {
    let mut office = Office::with(FakePrinter::that(Mood::Prints));
    let ticket = job("A012", 60);
    office.offers(&ticket).await;
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    for _ in 0..2 {
        office.welcomes().await;
        assert_eq!(office.outcome().await, PrintOutcome::Printed);
    }
    let gone = Change::JobGone { job: ticket.id };
    let changes = vec![gone];
    office.tells(ServerMessage::Delta { seq: 2, changes }).await;
    office.welcomes().await;
    office.offers(&job("A013", 60)).await;
    assert_eq!(office.reports().await.job, JobId::new("A013-1"));
}

#[tokio::test(start_paused = true)]
async fn a_job_that_is_too_old_is_not_printed() {
    let mut office = Office::with(FakePrinter::that(Mood::Prints));
    office.offers(&job("A012", 0)).await;
    assert_eq!(office.outcome().await, PrintOutcome::Expired);
    assert_eq!(office.printer.sheets_with("A012"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_job_is_too_old_by_the_servers_clock() {
    let mut office = Office::with(FakePrinter::that(Mood::Prints));
    let ahead = SignedDuration::from_secs(61);
    let updates = office.updates.clone();
    updates
        .send(Update::ServerAhead(ahead))
        .await
        .expect("told");
    office.offers(&job("A012", 60)).await;
    assert_eq!(office.outcome().await, PrintOutcome::Expired);
}

#[tokio::test(start_paused = true)]
async fn a_printer_that_is_switched_on_in_time_prints_what_waits() {
    let mut office = Office::with(FakePrinter::that(Mood::IsOff));
    office.offers(&job("A012", 60)).await;
    let faults = office.faults().await;
    assert!(
        faults[0].contains("cannot reach the printer at the shelf"),
        "{faults:?}"
    );
    office.printer.becomes(Mood::Prints);
    assert!(office.faults().await.is_empty());
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    assert_eq!(office.printer.sheets_with("A012"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_printer_that_stays_off_fails_the_job_when_its_time_is_over_and_brings_out_nothing_later()
{
    let mut office = Office::with(FakePrinter::that(Mood::IsOff));
    let asked = Instant::now();
    office.offers(&job("A012", 60)).await;
    let report = office.reports().await;
    assert_eq!(report.outcome, PrintOutcome::Failed);
    assert!(report.reason.expect("a reason").contains("cannot reach"));
    assert!(
        asked.elapsed() >= Duration::from_mins(1),
        "{:?}",
        asked.elapsed()
    );
    assert!(
        asked.elapsed() <= Duration::from_secs(61),
        "{:?}",
        asked.elapsed()
    );
    // Without a job it is noticed, too, that the printer is back.
    office.printer.becomes(Mood::Prints);
    assert!(office.faults().await.is_empty());
    office.offers(&job("A013", 3600)).await;
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    assert_eq!(office.printer.sheets_with("A012"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_printer_that_breaks_off_leaves_a_doubtful_ticket_that_is_not_repeated() {
    let mut office = Office::with(FakePrinter::that(Mood::BreaksOff));
    let ticket = job("A012", 60);
    office.offers(&ticket).await;
    let report = office.reports().await;
    assert_eq!(report.outcome, PrintOutcome::Doubtful);
    assert!(report.reason.expect("a reason").contains("broke off"));
    office.printer.becomes(Mood::Prints);
    office.offers(&ticket).await;
    assert_eq!(office.outcome().await, PrintOutcome::Doubtful);
    assert_eq!(office.printer.sheets_with("A012"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_agent_killed_while_printing_reports_the_ticket_doubtful_and_does_not_repeat_it() {
    let printer = FakePrinter::that(Mood::Hangs);
    let (rope, hanging) = std::sync::mpsc::channel();
    *printer.hanging.lock().expect("the rope") = Some(hanging);
    let office = Office::with(printer.clone());
    let ticket = job("A012", 60);
    office.offers(&ticket).await;
    while printer.sheets_with("A012") == 0 {
        tokio::task::yield_now().await;
    }
    let folder = office.killed().await;
    drop(rope);

    printer.becomes(Mood::Prints);
    let clock = Arc::new(ManualClock::at(start()));
    let mut office = Office::in_folder(folder, printer, clock);
    office.snapshot(&[ticket, job("A013", 60)]).await;
    assert_eq!(office.outcome().await, PrintOutcome::Doubtful);
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    assert_eq!(office.printer.sheets_with("A012"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_ticket_received_before_a_restart_is_printed_after_it_even_without_a_server() {
    let mut office = Office::with(FakePrinter::that(Mood::IsOff));
    office.offers(&job("A012", 60)).await;
    assert_eq!(office.faults().await.len(), 1);
    let folder = office.stops().await;

    let clock = Arc::new(ManualClock::at(start()));
    let mut office = Office::in_folder(folder, FakePrinter::that(Mood::Prints), clock);
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    assert_eq!(office.printer.sheets_with("A012"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_agent_that_is_told_to_stop_ends_the_ticket_it_has_begun() {
    let printer = FakePrinter::that(Mood::Hangs);
    let (rope, hanging) = std::sync::mpsc::channel();
    *printer.hanging.lock().expect("the rope") = Some(hanging);
    let mut office = Office::with(printer.clone());
    office.offers(&job("A012", 60)).await;
    while printer.sheets_with("A012") == 0 {
        tokio::task::yield_now().await;
    }
    drop(office.stop.take());
    drop(rope);
    assert_eq!(office.outcome().await, PrintOutcome::Printed);
    office.stops().await;
}
