//! What a device shows: its view, kept up to date by what is pushed to it.

use aufruf_protocol::latest as wire;
use aufruf_server::app::AppState;
use aufruf_server::auth::Device;
use aufruf_server::runtime::{Line, Subscription};
use tokio::sync::broadcast::error::RecvError;

/// One device that listens.
#[derive(Debug)]
pub(crate) struct Screen {
    app: AppState,
    device: Device,
    subscription: Subscription,
    view: wire::View,
    /// Every message so far, as it came over the line.
    pub(crate) heard: Vec<String>,
}

impl Screen {
    pub(crate) async fn of(app: &AppState, device: &str) -> Self {
        let mut devices = app.devices.all().into_iter();
        let device = devices.find(|known| known.id == device).expect("a device");
        let subscription = app
            .views
            .connect(&device, Line::default())
            .await
            .expect("the office runs");
        let mut screen = Self {
            app: app.clone(),
            device,
            subscription,
            view: wire::View::Unknown,
            heard: Vec::new(),
        };
        screen.take_snapshot();
        screen
    }

    fn take_snapshot(&mut self) {
        let snapshot = self.subscription.snapshot.to_string();
        self.take(snapshot);
    }

    /// Listens until the view is so.
    pub(crate) async fn until(&mut self, is_so: impl Fn(&wire::View) -> bool) {
        while !is_so(&self.view) {
            match self.subscription.messages.recv().await {
                Ok(message) => self.take(message.to_string()),
                Err(RecvError::Closed | RecvError::Lagged(_)) => self.listen_again().await,
            }
        }
    }

    async fn listen_again(&mut self) {
        let fresh = self.app.views.listen(&self.device).await;
        self.subscription = fresh.expect("the office runs");
        self.take_snapshot();
    }

    fn take(&mut self, text: String) {
        let message: wire::ServerMessage = serde_json::from_str(&text).expect("a message");
        self.heard.push(text);
        match message {
            wire::ServerMessage::Snapshot { view, .. } => self.view = view,
            wire::ServerMessage::Delta { changes, .. } => {
                for change in &changes {
                    self.view.apply(change);
                }
            }
            wire::ServerMessage::Call { call, .. } => self.view.take_call(&call),
            wire::ServerMessage::PrintJob { job, .. } => self.view.take_job(&job),
            wire::ServerMessage::Welcome(_)
            | wire::ServerMessage::Ping { .. }
            | wire::ServerMessage::Unknown => {}
        }
    }

    /// How often a call of this number was announced.
    pub(crate) fn announced(&self, number: &str) -> usize {
        let is_call = |text: &&String| {
            let message = serde_json::from_str(text.as_str());
            matches!(message, Ok(wire::ServerMessage::Call { call, .. }) if call.number == number)
        };
        self.heard.iter().filter(is_call).count()
    }

    /// The numbers that a display lists.
    pub(crate) fn numbers(view: &wire::View) -> Vec<&str> {
        match view {
            wire::View::Display(view) => {
                view.calls.iter().map(|call| call.number.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Listens until a display lists exactly these numbers.
    pub(crate) async fn lists(&mut self, numbers: &[&str]) {
        self.until(|view| Self::numbers(view) == numbers).await;
    }

    /// Listens until a panel's view is so.
    pub(crate) async fn panel(&mut self, is_so: impl Fn(&wire::PanelView) -> bool) {
        self.until(|view| matches!(view, wire::View::Panel(view) if is_so(view)))
            .await;
    }

    /// Listens until a kiosk offers this service so.
    pub(crate) async fn offers(
        &mut self,
        service: &str,
        is_so: impl Fn(&wire::Offer) -> bool,
    ) -> wire::Offer {
        let offer = |view: &wire::View| match view {
            wire::View::Kiosk(view) => {
                let mut offers = view.offers.iter();
                let found = offers.find(|offer| offer.service.as_str() == service);
                found.filter(|offer| is_so(offer)).cloned()
            }
            _ => None,
        };
        self.until(|view| offer(view).is_some()).await;
        offer(&self.view).expect("just seen")
    }
}
