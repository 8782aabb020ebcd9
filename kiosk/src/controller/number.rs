//! The ticket on the screen, and how long it stays there.

use std::time::Duration;

use aufruf_protocol::latest::IssuedTicket;

use super::Printing;
use super::attempt::Wish;
use super::visit::WARNING;

/// A number on paper stays on the screen so long.
const SHOWN: Duration = Duration::from_secs(30);
/// A number that must be remembered, or whose paper is still awaited, stays longer.
const SHOWN_LONG: Duration = Duration::from_mins(1);
/// News that the paper is there leave the visitor the whole warning.
const PRINTED_SHOWN: Duration = WARNING;

/// Instants are times since the program started.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub(crate) ticket: IssuedTicket,
    /// What it was asked with.
    pub(crate) wish: Wish,
    shown_since: Duration,
    leaves_at: Duration,
    /// The visitor asked to see the number until then; no news take that back.
    asked_until: Option<Duration>,
    printing: Printing,
    /// What was ever told of the paper, each state once.
    told: Vec<Printing>,
}

impl Number {
    pub(crate) fn shown_at(
        now: Duration,
        ticket: IssuedTicket,
        wish: Wish,
        printing: Printing,
    ) -> Self {
        let shown = match printing {
            Printing::NoPrinter | Printing::Printed => SHOWN,
            Printing::Running | Printing::Failed | Printing::Doubtful => SHOWN_LONG,
        };
        Self {
            ticket,
            wish,
            shown_since: now,
            leaves_at: now + shown,
            asked_until: None,
            printing,
            told: vec![printing],
        }
    }

    pub(crate) fn printing(&self) -> Printing {
        self.printing
    }

    pub(crate) fn leaves_at(&self) -> Duration {
        self.leaves_at
    }

    /// The visitor asks for more time: what was left is theirs too.
    pub(crate) fn stay(&mut self, now: Duration) {
        let more = if self.printing.needs_care() {
            SHOWN_LONG
        } else {
            SHOWN
        };
        self.leaves_at = self.leaves_at.max(now + more);
        self.asked_until = Some(self.leaves_at);
    }

    /// Tells where the paper is. What was not told before gives the visitor time to act on it; a line
    /// that comes and goes tells nothing new, and must not keep the number for the next visitor.
    pub(crate) fn take_printing(&mut self, printing: Printing, now: Duration) {
        self.printing = printing;
        if self.told.contains(&printing) {
            return;
        }
        self.told.push(printing);
        let by_news = match printing {
            Printing::Failed | Printing::Doubtful | Printing::Running => now + SHOWN_LONG,
            Printing::Printed | Printing::NoPrinter => {
                (self.shown_since + SHOWN).max(now + PRINTED_SHOWN)
            }
        };
        self.leaves_at = by_news.max(self.asked_until.unwrap_or(by_news));
    }
}
