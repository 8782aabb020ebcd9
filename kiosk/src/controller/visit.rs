//! One person before the kiosk: what they chose, where they are, and when they are taken to have left.
//!
//! ```text
//!   Choosing ──service──▶ Asking ──number──▶ Number ──done, or by itself──▶ (next visit)
//!    ▲  │ │                 ▲ │
//!    │  │ └──appointment──▶ Typing ◀─ look at it again
//!    │  └──languages──▶ Languages
//!    ├──────back──────── Refused ◀─ refused
//!    └──────back────── Unanswered ◀─ no answer; the same wish again ──▶ Asking
//! ```

use std::time::Duration;

use aufruf_protocol::latest::Language;

use super::attempt::Wish;
use super::number::Number;
use super::{Attempt, Contrast, Printing, Refusal, TextSize};

/// Without a touch for so long the visitor has left.
const IDLE_LIMIT: Duration = Duration::from_mins(1);
/// So long before the kiosk goes back by itself it says so.
pub(crate) const WARNING: Duration = Duration::from_secs(20);

/// Instants are times since the program started.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// None is the office's first language.
    pub(crate) language: Option<Language>,
    pub(crate) text_size: TextSize,
    pub(crate) contrast: Contrast,
    /// Counted from 0.
    pub(crate) page: usize,
    stage: Stage,
    stage_since: Duration,
    touched_at: Duration,
}

#[derive(Debug, Clone)]
pub(crate) enum Stage {
    Choosing,
    Languages,
    /// The number or code of an appointment, as far as it is typed.
    Typing(String),
    Asking(Attempt),
    Number(Box<Number>),
    /// No answer came in time: a ticket may exist, and only this visitor may have it. The attempt goes
    /// with the stage, so whoever comes next cannot get it.
    Unanswered(Attempt),
    Refused {
        wish: Wish,
        refusal: Refusal,
    },
}

impl Visit {
    pub(crate) fn begin(now: Duration) -> Self {
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

    pub(crate) fn go_to(&mut self, stage: Stage, now: Duration) {
        self.stage = stage;
        self.stage_since = now;
        self.touched_at = now;
    }

    /// What is typed so far, to be changed; none where nothing can be typed.
    pub(crate) fn typed_mut(&mut self) -> Option<&mut String> {
        match &mut self.stage {
            Stage::Typing(code) => Some(code),
            _ => None,
        }
    }

    pub(crate) fn in_this_stage_for(&self, now: Duration) -> Duration {
        now.saturating_sub(self.stage_since)
    }

    /// Somebody is there: the time until they are taken to have left begins anew.
    pub(crate) fn touch(&mut self, now: Duration) {
        self.touched_at = now;
    }

    /// The visitor asks for more time.
    pub(crate) fn stay(&mut self, now: Duration) {
        self.touch(now);
        if let Stage::Number(number) = &mut self.stage {
            number.stay(now);
        }
    }

    /// Tells the number screen where the paper is.
    pub(crate) fn take_printing(&mut self, printing: Printing, now: Duration) {
        if let Stage::Number(number) = &mut self.stage {
            number.take_printing(printing, now);
        }
    }

    /// When this visit ends by itself; never for a fresh one and never while an answer is awaited.
    pub(crate) fn leaves_at(&self) -> Option<Duration> {
        match &self.stage {
            Stage::Asking(_) => None,
            Stage::Number(number) => Some(number.leaves_at()),
            Stage::Choosing if self.is_fresh() => None,
            Stage::Choosing
            | Stage::Languages
            | Stage::Typing(_)
            | Stage::Unanswered(_)
            | Stage::Refused { .. } => Some(self.touched_at + IDLE_LIMIT),
        }
    }

    /// Seconds until the visit ends by itself, rounded up, once that is near.
    pub(crate) fn leaves_in_secs(&self, now: Duration) -> Option<u32> {
        let left = self.leaves_at()?.saturating_sub(now);
        let whole_secs = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        (left <= WARNING).then(|| u32::try_from(whole_secs).unwrap_or(u32::MAX))
    }

    /// Nothing was chosen yet: there is nothing to forget.
    fn is_fresh(&self) -> bool {
        self.language.is_none()
            && self.text_size == TextSize::default()
            && self.contrast == Contrast::default()
            && self.page == 0
    }
}
