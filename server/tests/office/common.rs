//! An office in this process: the real tasks on a real database file, asked through the real router.
//! Its clock stands still until a test sets it.

mod clock;
mod outside;
mod raw_line;
mod screen;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aufruf_protocol::latest as wire;
use aufruf_server::app::AppState;
use aufruf_server::auth::token_sha256;
use aufruf_server::config::RetentionConfig;
use aufruf_server::devices::{DeviceRole, NewDevice};
use aufruf_server::router::router;
use aufruf_server::running::Running;
use aufruf_store::{Access, By, DeviceRow, Store, StoreOptions, put_office_document};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) use clock::TestClock;
pub(crate) use outside::{MailServer, Receiver, take};
pub(crate) use raw_line::{RawLine, on_the_network};
pub(crate) use screen::Screen;

/// The office that the demo shows.
pub(crate) const DEMO: &str = include_str!("../../../assets/office/demo.toml");

/// One office with two kiosks, a display in each area, a printer and a panel at each of counters 1 to 6.
#[derive(Debug)]
pub(crate) struct TestOffice {
    running: Option<Running>,
    dir: TempDir,
    options: StoreOptions,
    pub(crate) clock: Arc<TestClock>,
    keys: AtomicU32,
}

/// An answer as a device gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn read<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|fault| panic!("{fault} in {}: {}", self.status, self.body))
    }

    #[track_caller]
    pub(crate) fn code(&self) -> String {
        self.read::<wire::Problem>().code
    }
}

impl TestOffice {
    pub(crate) async fn open() -> Self {
        Self::open_with(StoreOptions::default()).await
    }

    pub(crate) async fn open_with(options: StoreOptions) -> Self {
        Self::prepared(DEMO, options).starts().await
    }

    /// The demo office with these lines of its file at the end of the queue "ids".
    pub(crate) async fn with_ids(lines: &str) -> Self {
        let next = "[[queues]]\nkey = \"registration\"";
        let description = DEMO.replacen(next, &format!("{lines}\n\n{next}"), 1);
        assert_ne!(description, DEMO, "the demo has the queue");
        Self::prepared(&description, StoreOptions::default())
            .starts()
            .await
    }

    fn prepared(description: &str, options: StoreOptions) -> Self {
        let office = Self {
            running: None,
            dir: tempfile::tempdir().expect("a temporary folder"),
            options,
            clock: Arc::new(TestClock::opening()),
            keys: AtomicU32::new(0),
        };
        office.applies(description);
        office
    }

    /// Keeps another description; it is taken into use on a reload or with the next start.
    pub(crate) fn applies(&self, description: &str) {
        put_office_document(
            self.dir.path(),
            description,
            None,
            jiff::Timestamp::UNIX_EPOCH,
        )
        .expect("the description can be kept");
    }

    /// Stops in order, and starts again on what is on disk.
    pub(crate) async fn restarts(mut self) -> Self {
        if let Some(running) = self.running.take() {
            running.stop().await.expect("the office stops in order");
        }
        self.starts().await
    }

    /// Takes the description that was applied last into use, while people are in the house.
    pub(crate) async fn reloads(&self) {
        let running = self.running.as_ref().expect("the office runs");
        running.reload().await;
    }

    async fn starts(mut self) -> Self {
        let opened = Store::open_with(self.dir.path(), self.options).expect("a sound database");
        let access = Access::of(self.dir.path()).expect("a sound database");
        access.put_devices(&devices(), &console()).expect("kept");
        let retention = RetentionConfig::default();
        let running = Running::start(opened, access, self.clock.clone(), retention).await;
        self.running = Some(running.expect("the office opens"));
        self.is_followed().await;
        self
    }

    /// The view task has heard that the day is open, which begins a new epoch: whoever listens before
    /// is cut off, and finds what happened meanwhile in a snapshot and not among what was told.
    async fn is_followed(&self) {
        let ids = || self.app().views.queue(wire::QueueKey::new("ids"));
        while ids().await.expect("the office runs").is_none() {
            tokio::task::yield_now().await;
        }
    }

    /// The engine task ends, as after a fault; the rest goes on.
    pub(crate) async fn stops_engine(&self) {
        self.app().stopping.cancel();
        while self.app().bus.is_open() {
            tokio::task::yield_now().await;
        }
    }

    /// Where its data lie.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.dir.path()
    }

    pub(crate) fn app(&self) -> &AppState {
        &self.running.as_ref().expect("the office runs").app
    }

    /// From an address of its own each time.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let nth = self.keys.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        self.send_from([10, nth[1], nth[2], nth[3]], request).await
    }

    pub(crate) async fn send_from(&self, address: [u8; 4], mut request: Request<Body>) -> Answer {
        let address = std::net::SocketAddr::from((address, 40_000));
        let info = axum::extract::ConnectInfo(address);
        request.extensions_mut().insert(info);
        let response = router(self.app().clone())
            .oneshot(request)
            .await
            .expect("a router never fails");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a whole body");
        Answer {
            status,
            body: String::from_utf8(body.to_vec()).expect("text"),
        }
    }

    pub(crate) async fn post(&self, device: &str, key: &str, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {device}-token"))
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .expect("a request");
        self.send(request).await
    }

    pub(crate) async fn ask(&self, device: Option<&str>, method: Method, path: &str) -> Answer {
        let token = device.map(|device| format!("{device}-token"));
        self.ask_with(token.as_deref(), method, path).await
    }

    /// Whatever the token is.
    pub(crate) async fn ask_with(&self, token: Option<&str>, method: Method, path: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request.body(Body::empty()).expect("a request"))
            .await
    }

    /// What is no command, with whatever token.
    pub(crate) async fn post_as(&self, token: Option<&str>, path: &str, body: &str) -> Answer {
        let mut request = Request::post(path).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = Body::from(body.to_owned());
        self.send(request.body(body).expect("a request")).await
    }

    /// A command under a fresh key.
    pub(crate) async fn does(&self, device: &str, path: &str, body: &str) -> Answer {
        let key = self.keys.fetch_add(1, Ordering::Relaxed);
        let path = format!("/api/v1/{path}");
        self.post(device, &format!("does-{key}"), &path, body).await
    }

    /// A step with a visit, at the panel of counter `n`.
    pub(crate) async fn step(&self, n: u32, ticket: wire::TicketId, step: &str) -> Answer {
        self.does(
            &format!("panel-{n}"),
            &format!("tickets/{ticket}/{step}"),
            "",
        )
        .await
    }

    /// The same, with a body.
    pub(crate) async fn step_with(
        &self,
        n: u32,
        ticket: wire::TicketId,
        step: &str,
        body: &str,
    ) -> Answer {
        self.does(
            &format!("panel-{n}"),
            &format!("tickets/{ticket}/{step}"),
            body,
        )
        .await
    }

    /// A step of counter `n`.
    pub(crate) async fn counter(&self, n: u32, step: &str) -> Answer {
        let path = format!("counters/counter-{n}/{step}");
        self.does(&format!("panel-{n}"), &path, "").await
    }

    /// Somebody takes a ticket at the kiosk.
    pub(crate) async fn comes_for(&self, service: &str) -> wire::IssuedTicket {
        let wish = format!(r#"{{"services":["{service}"],"language":"de"}}"#);
        self.does("kiosk-1", "tickets", &wish).await.read()
    }

    /// Counter `n` opens and calls whoever is next.
    pub(crate) async fn calls(&self, n: u32) -> wire::CalledVisit {
        self.counter(n, "open").await;
        let reply: wire::NextReply = self.counter(n, "next").await.read();
        reply.called.expect("somebody can be called")
    }

    /// Somebody who has just been called to counter `n`, and is served there.
    pub(crate) async fn serves(&self, n: u32, service: &str) -> wire::TicketId {
        self.comes_for(service).await;
        let ticket = self.calls(n).await.ticket.id;
        assert_eq!(self.step(n, ticket, "start").await.status, 200);
        ticket
    }

    /// An appointment at this local time, such as `2026-11-23T10:30`.
    pub(crate) async fn books(&self, number: &str, at: &str) -> wire::BookedAppointment {
        let wish = format!(
            r#"{{"number":"{number}","at":"{at}:00+01:00","services":["id-card"],"language":"tr"}}"#
        );
        self.does("panel-1", "appointments", &wish).await.read()
    }

    pub(crate) async fn ticket(&self, id: wire::TicketId) -> wire::TicketRow {
        let path = format!("/api/v1/tickets/{id}");
        self.ask(Some("panel-1"), Method::GET, &path).await.read()
    }

    /// Somebody's session.
    pub(crate) async fn signs_in(&self, user: &str, secret: &str) -> String {
        let wish = format!(r#"{{"user":"{user}","secret":"{secret}"}}"#);
        let answer = self.post_as(None, "/api/v1/sessions", &wish).await;
        answer.read::<wire::Session>().token
    }

    pub(crate) async fn get(&self, device: &str, path: &str) -> Answer {
        let path = format!("/api/v1/{path}");
        self.ask(Some(device), Method::GET, &path).await
    }

    /// What a device shows from now on.
    pub(crate) async fn watches(&self, device: &str) -> Screen {
        Screen::of(self.app(), device).await
    }

    /// Takes a ticket at the kiosk.
    pub(crate) async fn takes(&self, key: &str, service: &str) -> Answer {
        let wish = format!(r#"{{"services":["{service}"],"language":"de"}}"#);
        self.post("kiosk-1", key, "/api/v1/tickets", &wish).await
    }

    pub(crate) async fn at_counter(&self, n: u32, key: &str, step: &str) -> Answer {
        let path = format!("/api/v1/counters/counter-{n}/{step}");
        self.post(&format!("panel-{n}"), key, &path, "").await
    }
}

/// Who lets devices in.
pub(crate) fn console() -> By {
    By {
        name: "console".to_owned(),
        address: String::new(),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// A device whose token is its id and `-token`.
pub(crate) fn device(id: &str, role: DeviceRole) -> DeviceRow {
    let device = NewDevice {
        id: id.to_owned(),
        token_sha256: Some(token_sha256(&format!("{id}-token"))),
        role,
    };
    device.to_row("console", jiff::Timestamp::UNIX_EPOCH)
}

fn devices() -> Vec<DeviceRow> {
    let at = |area: &str| DeviceRole::Display {
        area: area.to_owned(),
    };
    let prints = |printer: Option<&str>| DeviceRole::Kiosk {
        printer: printer.map(str::to_owned),
    };
    let mut all = vec![
        device("kiosk-1", prints(Some("printer-1"))),
        device("kiosk-2", prints(None)),
        device("display-1", at("ground")),
        device("display-2", at("upper")),
        device("printer-1", DeviceRole::Printer),
    ];
    for n in 1..=6 {
        let role = DeviceRole::Panel {
            counter: format!("counter-{n}"),
        };
        all.push(device(&format!("panel-{n}"), role));
    }
    all
}
