//! One person before the kiosk: what they chose, where they are, and when they are taken to have left.
//!
//! ```text
//!   Choosing ──service──▶ Asking ──number──▶ Number ──done, or by itself──▶ (next visit)
//!    ▲    │                 │
//!    │    └──languages──▶ Languages
//!    └──────back──────── Refused ◀─ refused, or no answer
//! ```

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{IssuedTicket, Language, ServiceKey};
use jiff::{SignedDuration, Timestamp};

use super::{Contrast, Printing, Refusal, TextSize};

/// Without a touch for so long the visitor has left.
const IDLE_LIMIT: SignedDuration = SignedDuration::from_secs(60);
/// So long before the kiosk goes back by itself it says so.
const WARNING: SignedDuration = SignedDuration::from_secs(20);
/// A number on paper stays on the screen so long.
const NUMBER_SHOWN: SignedDuration = SignedDuration::from_secs(30);
/// A number that must be remembered, or whose paper is still awaited, stays longer.
const NUMBER_SHOWN_LONG: SignedDuration = SignedDuration::from_secs(60);
/// News about the paper are readable at least so long.
const PRINTED_SHOWN: SignedDuration = SignedDuration::from_secs(10);

#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// None is the office's first language.
    pub(crate) language: Option<Language>,
    pub(crate) text_size: TextSize,
    pub(crate) contrast: Contrast,
    /// Counted from 0.
    pub(crate) page: usize,
    stage: Stage,
    stage_since: Timestamp,
    touched_at: Timestamp,
}

#[derive(Debug, Clone)]
pub(crate) enum Stage {
    Choosing,
    Languages,
    Asking {
        key: CommandKey,
        service: ServiceKey,
    },
    Number(Box<Number>),
    Refused {
        service: ServiceKey,
        refusal: Refusal,
    },
}

/// The ticket on the screen.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub(crate) ticket: IssuedTicket,
    pub(crate) service: ServiceKey,
    pub(crate) printing: Printing,
    leaves_at: Timestamp,
}

impl Visit {
    pub(crate) fn begin(now: Timestamp) -> Self {
        Self {
            language: None,
            text_size: TextSize::default(),
            contrast: Contrast::default(),
            page: 0,
            stage: Stage::Choosing,
            stage_since: now,
            touched_at: now,
        }
    }

    pub(crate) fn stage(&self) -> &Stage {
        &self.stage
    }

    pub(crate) fn go_to(&mut self, stage: Stage, now: Timestamp) {
        self.stage = stage;
        self.stage_since = now;
        self.touched_at = now;
    }

    pub(crate) fn in_this_stage_for(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.stage_since)
    }

    /// Somebody is there: the time until they are taken to have left begins anew.
    pub(crate) fn touch(&mut self, now: Timestamp) {
        self.touched_at = now;
    }

    /// The visitor asks for more time.
    pub(crate) fn stay(&mut self, now: Timestamp) {
        self.touch(now);
        if let Stage::Number(number) = &mut self.stage {
            let more = if number.printing.needs_care() {
                NUMBER_SHOWN_LONG
            } else {
                NUMBER_SHOWN
            };
            number.leaves_at = number.leaves_at.max(now + more);
        }
    }

    /// Tells the number screen where the paper is; news give the visitor time to act on them.
    pub(crate) fn take_printing(&mut self, printing: Printing, now: Timestamp) {
        let shown_since = self.stage_since;
        let Stage::Number(number) = &mut self.stage else {
            return;
        };
        if number.printing == printing {
            return;
        }
        number.printing = printing;
        number.leaves_at = match printing {
            Printing::Failed | Printing::Doubtful | Printing::Running => now + NUMBER_SHOWN_LONG,
            Printing::Printed | Printing::NoPrinter => {
                (shown_since + NUMBER_SHOWN).max(now + PRINTED_SHOWN)
            }
        };
    }

    /// When this visit ends by itself; never for a fresh one and never while an answer is awaited.
    pub(crate) fn leaves_at(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Asking { .. } => None,
            Stage::Number(number) => Some(number.leaves_at),
            Stage::Choosing if self.is_fresh() => None,
            Stage::Choosing | Stage::Languages | Stage::Refused { .. } => {
                Some(self.touched_at + IDLE_LIMIT)
            }
        }
    }

    /// Seconds until the visit ends by itself, rounded up, once that is near.
    pub(crate) fn leaves_in_secs(&self, now: Timestamp) -> Option<u32> {
        let left = self.leaves_at()?.duration_since(now);
        let whole_secs = left.as_secs() + i64::from(left.subsec_nanos() > 0);
        (left <= WARNING).then(|| u32::try_from(whole_secs).unwrap_or(0))
    }

    /// Nothing was chosen yet: there is nothing to forget.
    fn is_fresh(&self) -> bool {
        self.language.is_none()
            && self.text_size == TextSize::default()
            && self.contrast == Contrast::default()
            && self.page == 0
    }
}

impl Number {
    pub(crate) fn shown_at(
        now: Timestamp,
        ticket: IssuedTicket,
        service: ServiceKey,
        printing: Printing,
    ) -> Self {
        let shown = match printing {
            Printing::NoPrinter | Printing::Printed => NUMBER_SHOWN,
            Printing::Running | Printing::Failed | Printing::Doubtful => NUMBER_SHOWN_LONG,
        };
        Self {
            ticket,
            service,
            printing,
            leaves_at: now + shown,
        }
    }
}
