//! People with an appointment say that they are here: what they type, on the glass, at a keyboard or by a
//! scanner, and when it is sent. What was typed is kept in the stage of the visit and goes with it.

use std::time::Duration;

use aufruf_client::{CommandKey, Link};

use super::attempt::Wish;
use super::visit::Stage;
use super::{Attempt, Controller};

/// LIMIT: characters of a number or code; no office gives longer ones.
const MAX_CODE: usize = 64;

impl Controller {
    /// Some queue of the office has appointments, and their people report at the kiosk.
    pub(super) fn has_check_in(&self) -> bool {
        let queues = self.office().map_or(&[][..], |office| &office.queues);
        queues.iter().any(|queue| queue.checks_in)
    }

    /// A keyboard or a scanner types. Whether the text counts as typed: on a kiosk where nobody can check
    /// in no key does, and signs between the letters never do.
    ///
    /// A scanner is faster than any hand, so there is no wait after the screen changed.
    pub fn type_text(&mut self, text: &str, now: Duration) -> bool {
        if !self.has_check_in() || !text.chars().any(char::is_alphanumeric) {
            return false;
        }
        match self.visit.stage() {
            Stage::Typing(_) => self.append(text),
            // A scanned code needs no key before it.
            Stage::Choosing
            | Stage::Refused {
                wish: Wish::CheckIn(_),
                ..
            } => self.begin_typing(letters(text), now),
            // Typed for another screen: it must not press what has the focus here.
            Stage::Languages
            | Stage::Asking(_)
            | Stage::Number(_)
            | Stage::Unanswered(_)
            | Stage::Refused { .. } => {}
        }
        self.visit.touch(now);
        true
    }

    /// The key below the keypad is pressed. Returns what to send.
    pub fn check_in(&mut self, fresh: CommandKey, now: Duration) -> Option<Attempt> {
        self.settled(now).then(|| self.enter(fresh, now)).flatten()
    }

    /// Enter at a keyboard, or the end of what a scanner types. Returns what to send.
    pub fn enter(&mut self, fresh: CommandKey, now: Duration) -> Option<Attempt> {
        let Stage::Typing(code) = self.visit.stage() else {
            return None;
        };
        if code.is_empty() {
            return None;
        }
        let wish = Wish::CheckIn(code.clone());
        self.ask_for(wish, fresh, now)
    }

    pub(super) fn begin_typing(&mut self, code: String, now: Duration) {
        if self.has_check_in() && self.mirror.link == Link::Live {
            self.visit.go_to(Stage::Typing(code), now);
        }
    }

    pub(super) fn append(&mut self, text: &str) {
        let Some(code) = self.visit.typed_mut() else {
            return;
        };
        let left = MAX_CODE.saturating_sub(code.chars().count());
        code.extend(letters(text).chars().take(left));
    }

    pub(super) fn erase(&mut self) {
        if let Some(code) = self.visit.typed_mut() {
            code.pop();
        }
    }
}

/// What counts of a text: letters and figures, in capitals. The office leaves out the rest too.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters
        .flat_map(char::to_uppercase)
        .take(MAX_CODE)
        .collect()
}
