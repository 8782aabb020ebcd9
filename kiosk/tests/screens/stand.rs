//! The real window of a kiosk, drawn in memory, in an office at 10:42.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use aufruf_client::clock::ManualClock;
use aufruf_client::{Link, Update};
use aufruf_kiosk::clock::Stopwatch;
use aufruf_kiosk::controller::{Ask, Attempt, Failure};
use aufruf_kiosk::{App, Kiosk};
use aufruf_protocol::latest::{
    Change, CheckIn, IssueTicket, IssuedTicket, KioskView, Offer, OfficeInfo, PrintOutcome,
    PrintRow, Role, ServerMessage, View, Welcome,
};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, mock_elapsed_time};
use jiff::SignedDuration;
use slint::platform::{Key, PointerEventButton, WindowEvent};
use slint::{ComponentHandle, PhysicalSize, SharedString};

use crate::office::{at, demo, offers};

/// Stands still until it is moved.
#[derive(Debug, Default)]
struct ManualStopwatch(Cell<Duration>);

impl Stopwatch for ManualStopwatch {
    fn elapsed(&self) -> Duration {
        self.0.get()
    }
}

/// A kiosk and the people before it.
pub(crate) struct Stand {
    app: App,
    kiosk: Rc<Kiosk>,
    clock: Arc<ManualClock>,
    stopwatch: Rc<ManualStopwatch>,
    sent: Rc<RefCell<Vec<Attempt>>>,
    size: (u32, u32),
}

impl Stand {
    /// Switched on, and not yet connected.
    pub(crate) fn switched_on(width: u32, height: u32) -> Self {
        aufruf_ui::testing::init_testing_backend();
        let app = App::new().expect("a window in memory");
        app.window().set_size(PhysicalSize::new(width, height));
        let clock = Arc::new(ManualClock::at(at("10:42")));
        let stopwatch = Rc::new(ManualStopwatch::default());
        let kiosk = Kiosk::open(&app, Arc::clone(&clock) as _, Rc::clone(&stopwatch) as _);
        let sent = Rc::new(RefCell::new(Vec::new()));
        let taker = Rc::clone(&sent);
        kiosk.send_by(move |attempt| taker.borrow_mut().push(attempt));
        app.show().expect("a window in memory is shown");
        let size = (width, height);
        let stand = Self {
            app,
            kiosk,
            clock,
            stopwatch,
            sent,
            size,
        };
        stand.after_secs(1);
        stand
    }

    /// Live, with the demo office.
    pub(crate) fn tall() -> Self {
        Self::open(1080, 1920, demo(), &offers())
    }

    pub(crate) fn open(width: u32, height: u32, office: OfficeInfo, offers: &[Offer]) -> Self {
        let stand = Self::switched_on(width, height);
        stand.hears(ServerMessage::Welcome(Box::new(Welcome {
            protocol: 1,
            software: "test".to_owned(),
            epoch: "e1".to_owned(),
            device: "kiosk-1".to_owned(),
            role: Role::Kiosk,
            now: at("10:42"),
            office,
        })));
        let view = KioskView {
            offers: offers.to_vec(),
            prints: Vec::new(),
        };
        stand.hears(ServerMessage::Snapshot {
            seq: 1,
            view: View::Kiosk(view),
        });
        stand.kiosk.take(&Update::Link(Link::Live));
        settle();
        stand
    }

    pub(crate) fn loses_the_server(&self) {
        let since = at("10:42");
        self.kiosk.take(&Update::Link(Link::Stale { since }));
        settle();
    }

    pub(crate) fn finds_the_server(&self) {
        self.kiosk.take(&Update::Link(Link::Live));
        settle();
    }

    /// Time passes, for the kiosk and for the window.
    pub(crate) fn after_secs(&self, secs: u32) {
        for _ in 0..secs {
            self.clock.advance(SignedDuration::from_secs(1));
            let passed = self.stopwatch.elapsed() + Duration::from_secs(1);
            self.stopwatch.0.set(passed);
            self.kiosk.tick();
        }
        settle();
    }

    /// Somebody, or a time server, moves the machine's clock on or back.
    pub(crate) fn sets_the_clock(&self, by_secs: i64) {
        self.clock.advance(SignedDuration::from_secs(by_secs));
        self.kiosk.tick();
        settle();
    }

    /// The visitor chooses a language by its own name.
    pub(crate) fn speaks(&self, key: &str, own_name: &str) {
        self.clicks(key);
        self.clicks(own_name);
    }

    /// Presses the key or card whose label begins so, with a finger.
    #[track_caller]
    pub(crate) fn clicks(&self, label: &str) {
        self.after_secs(1);
        let found = self.button(label);
        let (at, size) = (found.absolute_position(), found.size());
        self.touches(at.x + size.width / 2.0, at.y + size.height / 2.0);
    }

    /// A finger touches the glass there.
    pub(crate) fn touches(&self, x: f32, y: f32) {
        let position = slint::LogicalPosition::new(x, y);
        let button = PointerEventButton::Left;
        let window = self.app.window();
        window.dispatch_event(WindowEvent::PointerMoved { position });
        window.dispatch_event(WindowEvent::PointerPressed { position, button });
        window.dispatch_event(WindowEvent::PointerReleased { position, button });
        window.dispatch_event(WindowEvent::PointerExited);
        settle();
    }

    pub(crate) fn types(&self, key: Key) {
        self.after_secs(1);
        let text: SharedString = key.into();
        let window = self.app.window();
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.dispatch_event(WindowEvent::KeyReleased { text });
        settle();
    }

    /// A key that is held down and repeats.
    pub(crate) fn holds(&self, key: Key) {
        let text: SharedString = key.into();
        let window = self.app.window();
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        for _ in 0..20 {
            self.after_secs(1);
            window.dispatch_event(WindowEvent::KeyPressRepeated { text: text.clone() });
        }
        window.dispatch_event(WindowEvent::KeyReleased { text });
        settle();
    }

    #[track_caller]
    pub(crate) fn button(&self, label: &str) -> ElementHandle {
        let labels = self.labels();
        self.buttons()
            .into_iter()
            .find(|button| label_of(button).starts_with(label))
            .unwrap_or_else(|| panic!("no key {label:?} among {labels:#?}"))
    }

    /// What an assistive program reads of every key on the screen.
    pub(crate) fn labels(&self) -> Vec<String> {
        self.buttons().iter().map(label_of).collect()
    }

    /// What an assistive program reads of every text on the screen.
    pub(crate) fn texts(&self) -> Vec<String> {
        let query = ElementQuery::from_root(&self.app).match_accessible_role(AccessibleRole::Text);
        query.find_all().iter().map(label_of).collect()
    }

    pub(crate) fn buttons(&self) -> Vec<ElementHandle> {
        ElementQuery::from_root(&self.app)
            .match_accessible_role(AccessibleRole::Button)
            .find_all()
    }

    /// What was sent to the server, the latest last.
    pub(crate) fn sent(&self) -> Vec<Attempt> {
        self.sent.borrow().clone()
    }

    /// The nth request for a ticket, counted from 0.
    #[track_caller]
    pub(crate) fn asked(&self, nth: usize) -> IssueTicket {
        match &self.sent()[nth].ask {
            Ask::Ticket(wish) => wish.clone(),
            Ask::CheckIn(wish) => panic!("a ticket expected, not {wish:?}"),
        }
    }

    /// What checked in, where that was all that was sent.
    #[track_caller]
    pub(crate) fn checked_in(&self) -> Vec<CheckIn> {
        let sent = self.sent().into_iter();
        sent.map(|attempt| match attempt.ask {
            Ask::CheckIn(wish) => wish,
            Ask::Ticket(wish) => panic!("a check-in expected, not {wish:?}"),
        })
        .collect()
    }

    /// A keyboard or a scanner types, faster than any hand.
    pub(crate) fn scans(&self, text: &str) {
        let window = self.app.window();
        for letter in text.chars() {
            let text: SharedString = letter.into();
            window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
            window.dispatch_event(WindowEvent::KeyReleased { text });
        }
        settle();
    }

    /// The server answers the latest request.
    #[track_caller]
    pub(crate) fn answers(&self, answer: Result<IssuedTicket, Failure>) {
        let attempt = self.sent().pop().expect("something was asked");
        self.kiosk.answered(&attempt.key, answer);
        settle();
    }

    pub(crate) fn print_is(&self, ticket: &IssuedTicket, outcome: PrintOutcome) {
        let row = PrintRow {
            job: ticket.print_job.clone().expect("a ticket with a job"),
            ticket: ticket.id,
            outcome,
        };
        let changes = vec![Change::Print { row }];
        self.hears(ServerMessage::Delta { seq: 2, changes });
        settle();
    }

    /// Compares what is drawn with the picture of this name.
    #[track_caller]
    pub(crate) fn looks_like(&self, name: &str) {
        let (width, height) = self.size;
        let picture = aufruf_ui::testing::picture_of(self.app.window(), width, height);
        aufruf_ui::testing::assert_picture(name, &picture);
    }

    fn hears(&self, message: ServerMessage) {
        self.kiosk.take(&Update::Message(message));
    }
}

/// Lets the window's own timers and bindings run, as its event loop would.
fn settle() {
    for _ in 0..3 {
        mock_elapsed_time(Duration::from_millis(20));
    }
}

fn label_of(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().to_string()
}
