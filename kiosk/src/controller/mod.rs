//! Decides what the kiosk shows and asks for. Knows neither Slint nor a socket nor a clock: updates,
//! presses and answers come in with the time, [`Screen`]s and [`Attempt`]s go out.
//!
//! `now` is the time since the program started, so that nobody who sets the machine's clock ends a visit
//! or freezes the keys. Only [`Controller::screen`] takes that clock too, for the times it tells.

mod attempt;
mod check_in;
mod language;
mod moment;
mod number;
mod printing;
mod refusal;
mod room;
mod screen;
mod show;
#[cfg(test)]
mod tests;
mod unavailable;
mod visit;
mod when;
mod window;

use std::time::Duration;

use aufruf_client::{CommandKey, Link, Mirror, Update};
use aufruf_protocol::latest::{
    CheckIn, IssueTicket, IssuedTicket, Language, OfficeInfo, Promise, ServiceKey,
};
use jiff::tz::TimeZone;

pub use attempt::{Ask, Attempt};
pub use language::LanguageChoice;
pub use moment::Moment;
pub use printing::Printing;
pub use refusal::Refusal;
pub use room::{Entrance, Room, ScreenSize};
pub use screen::{
    Body, Card, CardState, CheckInBody, ClosedBody, Contrast, Look, NumberBody, RefusedBody,
    Screen, ServicesBody, Subject, TextSize,
};
pub use when::{Day, When};
pub use window::{Expected, Window};

use attempt::Wish;
use number::Number;
use visit::{Stage, Visit};

/// A second tap so soon after the screen changed was meant for the screen before.
const SETTLES_AFTER: Duration = Duration::from_millis(400);
/// The client answers within four seconds; after this the visitor is told so even if it does not.
const ANSWER_LIMIT: Duration = Duration::from_secs(6);

/// What a visitor can press, except what asks the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    Languages,
    Language(Language),
    TextSize,
    Contrast,
    NextPage,
    PreviousPage,
    /// I have an appointment.
    Appointment,
    /// A key of the keypad on the glass.
    Letter(String),
    /// Takes the last letter back.
    Erase,
    /// Looks at what was typed once more.
    Retype,
    /// Leaves the languages, the keypad or a refusal.
    Back,
    /// Leaves the number.
    Done,
    /// Asks for more time.
    Stay,
}

/// Why no ticket came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Refused(Refusal),
    /// Nothing readable came back in time: a ticket may exist.
    NoAnswer,
}

/// The kiosk's mind.
#[derive(Debug)]
pub struct Controller {
    mirror: Mirror,
    /// The office's time zone; none before the first welcome, or when this machine does not know it.
    zone: Option<TimeZone>,
    screen_size: ScreenSize,
    visit: Visit,
}

impl Controller {
    pub fn new(screen_size: ScreenSize, now: Duration) -> Self {
        Self {
            mirror: Mirror::default(),
            zone: None,
            screen_size,
            visit: Visit::begin(now),
        }
    }

    /// Takes what the connection tells.
    pub fn take(&mut self, update: &Update, now: Duration) {
        self.mirror.take(update);
        let zone_name = self.mirror.office().map(|office| &*office.time_zone);
        if zone_name != self.zone.as_ref().and_then(TimeZone::iana_name) {
            self.zone = zone_name.and_then(|name| TimeZone::get(name).ok());
        }
        if let Stage::Number(number) = self.visit.stage() {
            let printing = self.printing(&number.ticket);
            self.visit.take_printing(printing, now);
        }
    }

    pub fn resize(&mut self, screen_size: ScreenSize) {
        self.screen_size = screen_size;
    }

    /// Somebody moves the focus or touches the glass.
    pub fn touch(&mut self, now: Duration) {
        self.visit.touch(now);
    }

    /// Time passes: a visitor who left is forgotten, an answer that never came is given up.
    pub fn tick(&mut self, now: Duration) {
        if self.visit.leaves_at().is_some_and(|leaves| leaves <= now) {
            self.visit = Visit::begin(now);
        }
        if self.visit.in_this_stage_for(now) >= ANSWER_LIMIT {
            self.give_up(now);
        }
    }

    /// A service is pressed. `fresh` is used for a new wish only: the same wish goes out again under its first key.
    ///
    /// Returns what to send; nothing while an answer is awaited, or when the answer is known already.
    pub fn choose(
        &mut self,
        service: &ServiceKey,
        fresh: CommandKey,
        now: Duration,
    ) -> Option<Attempt> {
        let wish = Wish::Service(service.clone());
        self.settled(now)
            .then(|| self.ask_for(wish, fresh, now))
            .flatten()
    }

    /// The visitor presses the key that tries again after a lost answer.
    pub fn try_again(&mut self, fresh: CommandKey, now: Duration) -> Option<Attempt> {
        let Stage::Unanswered(attempt) = self.visit.stage() else {
            return None;
        };
        let wish = attempt.wish.clone();
        self.settled(now)
            .then(|| self.ask_for(wish, fresh, now))
            .flatten()
    }

    /// The answer to an attempt. One that nobody waits for any more changes nothing.
    pub fn answer(
        &mut self,
        key: &CommandKey,
        answer: Result<IssuedTicket, Failure>,
        now: Duration,
    ) {
        let Some(wish) = self.waits_for(key) else {
            return;
        };
        match answer {
            Ok(ticket) => {
                let printing = self.printing(&ticket);
                let number = Number::shown_at(now, ticket, wish, printing);
                self.visit.go_to(Stage::Number(Box::new(number)), now);
            }
            Err(Failure::Refused(refusal)) => self.refuse(wish, refusal, now),
            Err(Failure::NoAnswer) => self.give_up(now),
        }
    }

    /// Anything else is pressed.
    pub fn press(&mut self, press: Press, now: Duration) {
        if !self.settled(now) {
            return;
        }
        self.visit.touch(now);
        match (press, self.visit.stage()) {
            // Inert while an answer is awaited, so that nothing moves under the finger.
            (_, Stage::Asking(_)) => {}
            (Press::Done, Stage::Number(_)) => self.visit = Visit::begin(now),
            (Press::Stay, _) => self.visit.stay(now),
            (Press::TextSize, _) => {
                self.visit.text_size = self.visit.text_size.next();
                self.visit.page = 0;
            }
            (Press::Contrast, _) => self.visit.contrast = self.visit.contrast.other(),
            (Press::Languages, Stage::Choosing) => self.visit.go_to(Stage::Languages, now),
            (Press::Language(language), Stage::Languages) => {
                self.visit.language = Some(language);
                self.visit.go_to(Stage::Choosing, now);
            }
            (
                Press::Back,
                Stage::Languages | Stage::Typing(_) | Stage::Unanswered(_) | Stage::Refused { .. },
            ) => self.visit.go_to(Stage::Choosing, now),
            (Press::Appointment, Stage::Choosing) => self.begin_typing(String::new(), now),
            (Press::Letter(letter), Stage::Typing(_)) => self.append(&letter),
            (Press::Erase, Stage::Typing(_)) => self.erase(),
            (
                Press::Retype,
                Stage::Refused {
                    wish: Wish::CheckIn(code),
                    ..
                },
            ) => {
                let code = code.clone();
                self.visit.go_to(Stage::Typing(code), now);
            }
            (Press::NextPage, Stage::Choosing) => self.turn_to(self.page() + 1),
            (Press::PreviousPage, Stage::Choosing) => self.turn_to(self.page().saturating_sub(1)),
            // A press for a screen that is not there any more.
            (
                Press::Done
                | Press::Languages
                | Press::Language(_)
                | Press::Appointment
                | Press::Letter(_)
                | Press::Erase
                | Press::Retype
                | Press::Back
                | Press::NextPage
                | Press::PreviousPage,
                _,
            ) => {}
        }
    }

    fn settled(&self, now: Duration) -> bool {
        self.visit.in_this_stage_for(now) >= SETTLES_AFTER
    }

    fn turn_to(&mut self, page: usize) {
        self.visit.page = page.min(self.pages() - 1);
    }

    /// Sends the wish, where it can be asked for now and the answer is not known already.
    fn ask_for(&mut self, wish: Wish, fresh: CommandKey, now: Duration) -> Option<Attempt> {
        self.visit.touch(now);
        let may_ask = match self.visit.stage() {
            Stage::Choosing => matches!(wish, Wish::Service(_)),
            Stage::Typing(_) => matches!(wish, Wish::CheckIn(_)),
            Stage::Unanswered(attempt) => attempt.wish == wish,
            Stage::Languages | Stage::Asking(_) | Stage::Number(_) | Stage::Refused { .. } => false,
        };
        if !may_ask || self.mirror.link != Link::Live {
            return None;
        }
        // A wish whose fate is not known is repeated whatever the offer says by now: its number may be the last one.
        let attempt = match self.same_wish(&wish, now) {
            Some(kept) => kept,
            None => match self.known_refusal(&wish) {
                Some(refusal) => {
                    self.refuse(wish, refusal, now);
                    return None;
                }
                None => Attempt::new(fresh, self.ask(&wish), wish, now),
            },
        };
        self.visit.go_to(Stage::Asking(attempt.clone()), now);
        Some(attempt)
    }

    fn refuse(&mut self, wish: Wish, refusal: Refusal, now: Duration) {
        self.visit.go_to(Stage::Refused { wish, refusal }, now);
    }

    /// No answer came: the visitor is told so, and can ask once more under the same key.
    fn give_up(&mut self, now: Duration) {
        if let Stage::Asking(attempt) = self.visit.stage() {
            let stage = Stage::Unanswered(attempt.clone());
            self.visit.go_to(stage, now);
        }
    }

    /// The wish that an answer under `key` is for, if the visitor who asked is still there.
    fn waits_for(&self, key: &CommandKey) -> Option<Wish> {
        match self.visit.stage() {
            // Given up, and still read: the truth is better than the apology.
            Stage::Asking(attempt) | Stage::Unanswered(attempt) => {
                (&attempt.key == key).then(|| attempt.wish.clone())
            }
            Stage::Choosing
            | Stage::Languages
            | Stage::Typing(_)
            | Stage::Number(_)
            | Stage::Refused { .. } => None,
        }
    }

    fn same_wish(&self, wish: &Wish, now: Duration) -> Option<Attempt> {
        let Stage::Unanswered(attempt) = self.visit.stage() else {
            return None;
        };
        attempt.is_same_wish(wish, now).then(|| attempt.clone())
    }

    fn ask(&self, wish: &Wish) -> Ask {
        match wish {
            Wish::Service(service) => Ask::Ticket(IssueTicket {
                services: vec![service.clone()],
                language: self.language(),
                needs: Vec::new(),
                persons: None,
                priority: None,
                shown: self.promise(service),
            }),
            Wish::CheckIn(code) => Ask::CheckIn(CheckIn {
                code: Some(code.clone()),
                ticket: None,
                language: Some(self.language()),
            }),
        }
    }

    fn promise(&self, service: &ServiceKey) -> Option<Promise> {
        self.offer(service).and_then(|offer| offer.promise)
    }

    /// A refusal that the offer tells by itself.
    fn known_refusal(&self, wish: &Wish) -> Option<Refusal> {
        match wish {
            Wish::Service(service) => self
                .offer(service)
                .and_then(|offer| Refusal::before_asking(offer.state, offer.opens_at)),
            Wish::CheckIn(_) => None,
        }
    }

    fn printing(&self, ticket: &IssuedTicket) -> Printing {
        let is_live = self.mirror.link == Link::Live;
        Printing::of(ticket, self.mirror.kiosk(), is_live)
    }

    fn office(&self) -> Option<&OfficeInfo> {
        self.mirror.office()
    }
}
