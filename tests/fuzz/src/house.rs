//! An office in this process: the real tasks on a real database file, with a clock that only goes on when somebody
//! asks. A fresh one after some hundred requests, so that what a fault needs is not long.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use aufruf_server::app::AppState;
use aufruf_server::auth::{Device, token_sha256};
use aufruf_server::clock::Clock;
use aufruf_server::config::RetentionConfig;
use aufruf_server::devices::{DeviceRole, NewDevice};
use aufruf_server::router::router;
use aufruf_server::running::Running;
use aufruf_server::users::{NewUser, UserRole};
use aufruf_store::{Access, By, DeviceRow, Store, put_office_document};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// The office that the demo shows.
pub const OFFICE: &str = include_str!("../../../assets/office/demo.toml");
/// LIMIT: requests after which a fresh office is opened.
const REQUESTS: u32 = 400;
const SECRET: &str = "eine lange Parole";
/// Monday, 23 November 2026, 9:00 in Berlin, in milliseconds.
const OPENING: i64 = 1_795_420_800_000;

/// One running office and the runtime that it runs on.
#[derive(Debug)]
pub struct House {
    runtime: Runtime,
    running: Option<Running>,
    /// Made once: with it the whole description of the API is made.
    router: Router,
    clock: Arc<StillClock>,
    sessions: Vec<(&'static str, String)>,
    requests: u32,
    _folder: TempDir,
}

/// An answer as a device gets it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub media_type: String,
    pub body: Vec<u8>,
}

#[derive(Debug)]
struct StillClock(AtomicI64);

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        let ms = self.0.load(Ordering::Relaxed);
        Timestamp::from_millisecond(ms).expect("an instant of 2026")
    }
}

/// The office of this process, opened when it is needed first and afresh when it is used up.
pub fn in_use<T>(work: impl FnOnce(&mut House) -> T) -> T {
    static HOUSE: Mutex<Option<House>> = Mutex::new(None);
    let mut kept = HOUSE.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.as_ref().is_some_and(|house| house.requests > REQUESTS) {
        *kept = None;
    }
    work(kept.get_or_insert_with(House::opens))
}

impl House {
    fn opens() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        put_office_document(folder.path(), OFFICE, None, Timestamp::UNIX_EPOCH).expect("kept");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let clock = Arc::new(StillClock(AtomicI64::new(OPENING)));
        let opened = Store::open(folder.path()).expect("a sound database");
        let access = Access::of(folder.path()).expect("a sound database");
        access.put_devices(&devices(), &console()).expect("kept");
        let running = runtime.block_on(Running::start(
            opened,
            access,
            Arc::<StillClock>::clone(&clock),
            RetentionConfig::default(),
        ));
        let running = running.expect("the office opens");
        let router = router(running.app.clone());
        let mut house = Self {
            runtime,
            running: Some(running),
            router,
            clock,
            sessions: Vec::new(),
            requests: 0,
            _folder: folder,
        };
        house.people_sign_in();
        house
    }

    fn people_sign_in(&mut self) {
        let people = [
            ("clerk", UserRole::Clerk),
            ("lead", UserRole::TeamLead),
            ("admin", UserRole::Admin),
        ];
        for (id, role) in people {
            let user = NewUser {
                id: id.to_owned(),
                name: "Ada Öztürk".to_owned(),
                role,
            };
            let row = user.to_row(SECRET, &console());
            let app = self.app();
            app.access.put_user(&row, &console()).expect("kept");
            let (users, now) = (app.users.clone(), self.clock.now());
            let signs_in = async move { users.sign_in(id, SECRET, String::new(), now).await };
            let session = self.runtime.block_on(signs_in);
            let session = session.unwrap_or_else(|_| panic!("{id} knows the secret"));
            self.sessions.push((id, session.token));
        }
    }

    pub fn app(&self) -> AppState {
        self.running.as_ref().expect("it runs").app.clone()
    }

    /// What proves who asks: a session of a person, else the token of a device of that name; none of nobody.
    pub fn token(&self, asker: &str) -> Option<String> {
        let mut sessions = self.sessions.iter();
        let session = sessions.find(|(id, _)| *id == asker);
        let device = || (asker != "nobody").then(|| format!("{asker}-token"));
        session.map(|(_, token)| token.clone()).or_else(device)
    }

    pub fn device(&self, id: &str) -> Option<Device> {
        let mut all = self.app().devices.all().into_iter();
        all.find(|device| device.id == id)
    }

    /// Asks from an address of its own each time, a second after the last one.
    pub fn asks(&mut self, mut request: Request<Body>) -> Answer {
        self.goes_on();
        let [_, b, c, d] = self.requests.to_be_bytes();
        let address = SocketAddr::from(([10, b, c, d], 40_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let router = self.router.clone();
        self.runtime.block_on(async {
            let answered = router.oneshot(request).await;
            read(answered.expect("a router never fails")).await
        })
    }

    /// Does this inside the office's runtime.
    pub fn runs<T>(&mut self, work: impl Future<Output = T>) -> T {
        self.goes_on();
        self.runtime.block_on(work)
    }

    fn goes_on(&mut self) {
        self.requests += 1;
        self.clock.0.fetch_add(1_000, Ordering::Relaxed);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            // One whose task has panicked cannot stop in order: the panic was told.
            let _told = self.runtime.block_on(running.stop());
        }
    }
}

async fn read(response: Response<Body>) -> Answer {
    let status = response.status().as_u16();
    let media_type = response.headers().get("content-type");
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let media_type = media_type.unwrap_or_default().to_owned();
    let body = to_bytes(response.into_body(), usize::MAX).await;
    Answer {
        status,
        media_type,
        body: body.expect("a whole body").to_vec(),
    }
}

fn console() -> By {
    By {
        name: "console".to_owned(),
        address: String::new(),
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Devices whose tokens are their ids and `-token`.
fn devices() -> Vec<DeviceRow> {
    let kiosk = |printer: Option<&str>| DeviceRole::Kiosk {
        printer: printer.map(str::to_owned),
    };
    let display = DeviceRole::Display {
        area: "ground".to_owned(),
    };
    let panel = |n: u32| DeviceRole::Panel {
        counter: format!("counter-{n}"),
    };
    let all = [
        ("kiosk-1", kiosk(Some("printer-1"))),
        ("kiosk-2", kiosk(None)),
        ("display-1", display),
        ("printer-1", DeviceRole::Printer),
        ("panel-1", panel(1)),
        ("panel-2", panel(2)),
        ("panel-4", panel(4)),
    ];
    all.map(|(id, role)| {
        let device = NewDevice {
            id: id.to_owned(),
            token_sha256: Some(token_sha256(&format!("{id}-token"))),
            role,
        };
        device.to_row("console", Timestamp::UNIX_EPOCH)
    })
    .into()
}
