//! What the panel shows, ready to be mapped to the screen. No words of a language but the office's own.

use std::rc::Rc;

use aufruf_protocol::latest::{Need, TicketId};

use super::{Alarm, Key, LastStep, Notice, SheetModel, Step};

/// Everything on the screen at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelModel {
    pub header: Header,
    pub link: LinkModel,
    pub stage: Stage,
    /// The keys that do something now.
    pub offered: Vec<Key>,
    /// The key whose answer has been awaited for long enough to say so.
    pub awaiting: Option<Key>,
    pub notice: Option<Notice>,
    /// Clerks who need help.
    pub alarms: Vec<Alarm>,
    /// Devices of the office with faults; none where all is well.
    pub faults: Option<Faults>,
    /// Names of the queues of which visitors take no ticket for now.
    pub locked: Vec<String>,
    /// The step of this panel that can be taken back.
    pub last_step: Option<LastStep>,
    /// Stands in the place of the list; none: the list is shown.
    pub sheet: Option<SheetModel>,
    pub line: LineModel,
}

/// The dark bar on top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// `Platz 4`.
    pub counter: String,
    /// Who serves here, or will; none where nobody says.
    pub clerk: Option<String>,
    pub way: String,
    /// `A 14 · B 6 · C 2`.
    pub waiting: String,
    /// None where nobody waits.
    pub longest_wait_minutes: Option<i32>,
    pub clock: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkModel {
    /// Never been connected since the start.
    Connecting,
    Live,
    /// What is shown was true at this time of the clock.
    Away {
        since: String,
    },
}

/// Where the counter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The server has not told yet.
    Unknown,
    /// The server takes this device for something else than a panel.
    NotAPanel,
    Closed,
    /// At a break, and nobody called or served.
    Paused,
    Free,
    Called {
        visit: Visit,
        sight: Sight,
    },
    Serving {
        visit: Visit,
    },
}

/// The visit that runs at this counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub id: TicketId,
    pub number: String,
    /// Since the call, or since the start: `0:18`.
    pub lasts: String,
    /// How often it was called.
    pub calls: u32,
    pub services: String,
    /// The language's own name, where it is not the office's.
    pub language: Option<String>,
    pub needs: Vec<Need>,
    pub persons: u32,
    /// None where nobody knows.
    pub arrived: Option<String>,
    pub waited_minutes: i32,
    pub promised: Option<String>,
    /// The agreed time.
    pub appointment: Option<String>,
    pub reason: Option<Reason>,
    /// The counter is at a break as soon as the visit is over.
    pub break_follows: bool,
    /// What is wrong with the paper; none where nothing is.
    pub paper: Option<Paper>,
}

/// The rule by which the person was called, with its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    FirstInLine,
    /// Waits longer than so many minutes.
    Overdue(u32),
    Priority(u8),
    /// At the agreed time.
    Appointment(String),
    /// Before the agreed time.
    EarlyAppointment(String),
    /// After so many others were put before.
    TurnOfOthers(u32),
    /// Before an appointment at this time.
    FitsBefore(String),
    /// Over soon, and so before so many who wait longer.
    ShorterFirst(u32),
    OwnService,
    Chosen,
}

/// Where the call can be seen and heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Too early to tell.
    Pending,
    Seen {
        painted: u32,
        displays: u32,
    },
    /// Shown, but no display has sounded it in time.
    Unheard {
        painted: u32,
        displays: u32,
    },
    /// Displays are connected, and none has shown the call in time.
    Nowhere,
    /// No display of this counter is connected.
    NoDisplay,
}

/// Which people the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum List {
    #[default]
    Waiting,
    /// With an appointment, and not here yet.
    Booked,
    /// Parked, or to fetch something.
    Parked,
    Missed,
}

impl List {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Booked, Self::Parked, Self::Missed];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineModel {
    pub list: List,
    pub waiting: usize,
    pub booked: usize,
    pub parked: usize,
    pub missed: usize,
    pub finished: u32,
    /// Shared with the model before, as long as nothing in it changed.
    pub rows: Rc<[Row]>,
    pub marked: Option<usize>,
    /// What the list's second key does with the marked person.
    pub step: Option<Step>,
}

/// How the window of a call stands to what the person was told at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    Holds,
    /// It ends later than the paper says.
    Later,
    /// It has passed without a call.
    Over,
}

/// One person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: TicketId,
    pub number: String,
    pub services: String,
    pub language: Option<String>,
    pub needs: Vec<Need>,
    pub persons: u32,
    /// Before all others.
    pub urgent: bool,
    /// The agreed time.
    pub appointment: Option<String>,
    /// Waiting since, agreed for, parked or missed at.
    pub since: String,
    /// When the call is expected by now.
    pub call_about: Option<String>,
    pub window: Window,
    /// Not in the line just now, or not for everybody.
    pub whereabouts: Option<Whereabouts>,
    /// Only this counter or person calls it.
    pub only: Option<String>,
    /// This counter does not offer what the person came for.
    pub elsewhere: bool,
    /// What is wrong with the paper; none where nothing is.
    pub paper: Option<Paper>,
}

/// Where a person is who does not simply wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// Away, with the place kept until then.
    AwayUntil(String),
    /// Served so far at this counter.
    ParkedAt(String),
    /// Fetches something at this counter.
    FetchesAt(String),
}

/// A ticket whose holder may stand there without paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    NotPrinted,
    /// Nobody can say whether it came out.
    Doubtful,
}

/// Devices that say that something is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    pub devices: usize,
    /// One device and its faults, in its own words: `printer-1: no paper`.
    pub first: String,
}
