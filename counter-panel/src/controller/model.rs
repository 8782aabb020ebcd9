//! What the panel shows, ready to be mapped to the screen. No words of a language but the office's own.

use std::rc::Rc;

use aufruf_protocol::latest::{Need, TicketId};

use super::{Key, Notice};

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
    /// Devices of the office with faults; none where all is well.
    pub faults: Option<Faults>,
    pub line: LineModel,
}

/// The dark bar on top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// `Platz 4`.
    pub counter: String,
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
    pub arrived: String,
    pub waited_minutes: i32,
    pub promised: Option<String>,
    /// What is wrong with the paper; none where nothing is.
    pub paper: Option<Paper>,
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
    Missed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineModel {
    pub list: List,
    pub waiting: usize,
    pub missed: usize,
    pub finished: u32,
    /// Shared with the model before, as long as nothing in it changed.
    pub rows: Rc<[Row]>,
    pub marked: Option<usize>,
}

/// One person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: TicketId,
    pub number: String,
    pub services: String,
    pub language: Option<String>,
    pub needs: Vec<Need>,
    /// Waiting since, or missed at.
    pub since: String,
    pub promised: Option<String>,
    /// The promised window is over.
    pub overdue: bool,
    /// This counter does not offer what the person came for.
    pub elsewhere: bool,
    /// What is wrong with the paper; none where nothing is.
    pub paper: Option<Paper>,
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
