//! An office in this process: the real tasks on a real database file, asked through the real router.

use std::sync::Arc;

use aufruf_protocol::latest as wire;
use aufruf_server::app::AppState;
use aufruf_server::auth::{Devices, token_sha256};
use aufruf_server::clock::SystemClock;
use aufruf_server::config::{DeviceConfig, DeviceRole};
use aufruf_server::router::router;
use aufruf_server::running::Running;
use aufruf_store::{Store, StoreOptions, put_office_document};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use tempfile::TempDir;
use tower::ServiceExt;

/// The office that the demo shows.
pub(crate) const DEMO: &str = include_str!("../../../assets/office/demo.toml");

/// One office with a kiosk, a display, a printer and a panel at each of counters 1 to 6.
#[derive(Debug)]
pub(crate) struct TestOffice {
    running: Option<Running>,
    dir: TempDir,
    options: StoreOptions,
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
        let dir = tempfile::tempdir().expect("a temporary folder");
        let office = Self {
            running: None,
            dir,
            options,
        };
        office.applies(DEMO);
        office.starts().await
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

    async fn starts(mut self) -> Self {
        let opened = Store::open_with(self.dir.path(), self.options).expect("a sound database");
        let running = Running::start(opened, devices(), Arc::new(SystemClock)).await;
        self.running = Some(running.expect("the office opens"));
        self
    }

    pub(crate) fn app(&self) -> &AppState {
        &self.running.as_ref().expect("the office runs").app
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
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
        let mut request = Request::builder().method(method).uri(path);
        if let Some(device) = device {
            request = request.header("authorization", format!("Bearer {device}-token"));
        }
        self.send(request.body(Body::empty()).expect("a request"))
            .await
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

fn devices() -> Devices {
    let device = |id: &str, role| DeviceConfig {
        id: id.to_owned(),
        token_sha256: token_sha256(&format!("{id}-token")),
        role,
    };
    let mut all = vec![
        device(
            "kiosk-1",
            DeviceRole::Kiosk {
                printer: Some("printer-1".to_owned()),
            },
        ),
        device("kiosk-2", DeviceRole::Kiosk { printer: None }),
        device(
            "display-1",
            DeviceRole::Display {
                area: "ground".to_owned(),
            },
        ),
        device("printer-1", DeviceRole::Printer),
    ];
    for n in 1..=6 {
        let role = DeviceRole::Panel {
            counter: format!("counter-{n}"),
        };
        all.push(device(&format!("panel-{n}"), role));
    }
    Devices::new(&all)
}
