//! Who is announced now and who after: one after the other, in the order of the calls.
//!
//! ```text
//!            start: chime, shown                    sound ended or missing, shown long enough
//!   waiting ─────────────────────▶ current: announcing ─────────────────────▶ current: over
//!      │                               │                                           │ next one starts
//!      └───────── withdrawn ───────────┴───────────────────▶ gone ◀────────────────┘
//! ```
//!
//! Knows neither clock nor sound: it asks for both ([`Step`]) and is told of both.

use std::collections::VecDeque;
use std::time::Duration;

use aufruf_protocol::latest::{Call, CallId, TicketId};

/// LIMIT: as many calls wait to be announced; the oldest beyond that stay on the wall unannounced.
const MAX_WAITING: usize = 200;
/// When as many wait, each one has the large field only for [`Span::Short`].
const MANY_WAITING: usize = 3;

/// How long the current call has been in the large field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// Long enough to be read, when many others wait.
    Short,
    /// Long enough to be read twice.
    Full,
    /// So long that its sound must have got lost.
    Overdue,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::Short, Self::Full, Self::Overdue];

    pub fn duration(self) -> Duration {
        match self {
            Self::Short => Duration::from_secs(2),
            Self::Full => Duration::from_secs(4),
            Self::Overdue => Duration::from_secs(12),
        }
    }
}

/// What has to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Sound the chime for the call, and tell when each [`Span`] is over.
    Begin(CallId),
    /// The call's sound has ended. Nobody has heard a call without one, and nobody is told so.
    Announced(CallId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Playing,
    Ended,
    /// There is none: the time in the large field has to do.
    Missing,
}

#[derive(Debug)]
struct Current {
    call: Call,
    sound: Sound,
    /// The longest span that is over.
    shown: Option<Span>,
    /// Its sound has ended, or the time in the large field had to do.
    over: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Announcer {
    current: Option<Current>,
    waiting: VecDeque<Call>,
}

impl Announcer {
    /// The call in the large field.
    pub(crate) fn current(&self) -> Option<&Call> {
        self.current.as_ref().map(|current| &current.call)
    }

    /// Whether the call in the large field is still being announced.
    pub(crate) fn is_announcing(&self) -> bool {
        self.current.as_ref().is_some_and(|current| !current.over)
    }

    /// Those still to be announced, the next one first.
    pub(crate) fn waiting(&self) -> impl ExactSizeIterator<Item = &Call> {
        self.waiting.iter()
    }

    /// Takes a new call in. An earlier call of the same ticket that still waits is not announced any more.
    pub(crate) fn add(&mut self, call: Call) -> Vec<Step> {
        self.waiting.retain(|waiting| waiting.ticket != call.ticket);
        self.waiting.push_back(call);
        if self.waiting.len() > MAX_WAITING {
            self.waiting.pop_front();
        }
        self.advance()
    }

    /// The visit has ended or is back in the line: its calls leave at once.
    pub(crate) fn withdraw(&mut self, ticket: TicketId) -> Vec<Step> {
        self.waiting.retain(|waiting| waiting.ticket != ticket);
        if self
            .current()
            .is_some_and(|current| current.ticket == ticket)
        {
            self.current = None;
        }
        self.advance()
    }

    /// The call's sound has ended, or there was none.
    pub(crate) fn sound_over(&mut self, call: CallId, was_heard: bool) -> Vec<Step> {
        let Some(current) = self.current_of(call) else {
            return Vec::new();
        };
        if current.sound == Sound::Playing {
            current.sound = if was_heard {
                Sound::Ended
            } else {
                Sound::Missing
            };
        }
        self.advance()
    }

    /// The call has been in the large field for `span`. Returns the steps, and whether its sound got lost.
    pub(crate) fn span_over(&mut self, call: CallId, span: Span) -> (Vec<Step>, bool) {
        let Some(current) = self.current_of(call) else {
            return (Vec::new(), false);
        };
        current.shown = current.shown.max(Some(span));
        let is_lost = span == Span::Overdue && current.sound == Sound::Playing;
        if is_lost {
            current.sound = Sound::Missing;
        }
        (self.advance(), is_lost)
    }

    fn current_of(&mut self, call: CallId) -> Option<&mut Current> {
        self.current
            .as_mut()
            .filter(|current| current.call.id == call)
    }

    fn advance(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let many_wait = self.waiting.len() >= MANY_WAITING;
        if let Some(current) = &mut self.current {
            let heard = current.sound == Sound::Ended;
            if heard && !current.over {
                steps.push(Step::Announced(current.call.id));
            }
            current.over |= heard || current.is_over(many_wait);
            if !current.is_over(many_wait) {
                return steps;
            }
        }
        if let Some(next) = self.waiting.pop_front() {
            steps.push(Step::Begin(next.id));
            self.current = Some(Current {
                call: next,
                sound: Sound::Playing,
                shown: None,
                over: false,
            });
        }
        steps
    }
}

impl Current {
    /// Whether the next one may have the large field.
    fn is_over(&self, many_wait: bool) -> bool {
        let enough = if many_wait { Span::Short } else { Span::Full };
        self.sound != Sound::Playing && self.shown >= Some(enough)
    }
}
