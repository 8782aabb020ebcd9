//! Decides what the kiosk shows and asks for. Knows neither Slint nor a socket nor a clock: updates,
//! presses and answers come in with the time, [`Screen`]s and [`Attempt`]s go out.
//!
//! `now` is the time since the program started, so that nobody who sets the machine's clock ends a visit
//! or freezes the keys. Only [`Controller::screen`] takes that clock too, for the times it tells.

mod attempt;
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
mod visit;
mod window;

use std::time::Duration;

use aufruf_client::{CommandKey, Link, Mirror, Update};
use aufruf_protocol::latest::{
    IssueTicket, IssuedTicket, Language, OfficeInfo, Promise, ServiceKey,
};
use jiff::tz::TimeZone;

pub use attempt::Attempt;
pub use language::LanguageChoice;
pub use moment::Moment;
pub use printing::Printing;
pub use refusal::Refusal;
pub use room::{Room, ScreenSize};
pub use screen::{
    Body, Card, CardState, Contrast, Look, NumberBody, RefusedBody, Screen, ServicesBody, TextSize,
};
pub use window::{Expected, Window};

use number::Number;
use visit::{Stage, Visit};

/// A second tap so soon after the screen changed was meant for the screen before.
const SETTLES_AFTER: Duration = Duration::from_millis(400);
/// The client answers within four seconds; after this the visitor is told so even if it does not.
const ANSWER_LIMIT: Duration = Duration::from_secs(6);

/// What a visitor can press, except a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    Languages,
    Language(Language),
    TextSize,
    Contrast,
    NextPage,
    PreviousPage,
    /// Leaves the languages or a refusal.
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
        if !self.settled(now) {
            return None;
        }
        self.visit.touch(now);
        let may_choose = match self.visit.stage() {
            Stage::Choosing => true,
            Stage::Unanswered { service: asked, .. } => asked == service,
            Stage::Languages | Stage::Asking { .. } | Stage::Number(_) | Stage::Refused { .. } => {
                false
            }
        };
        if !may_choose || self.mirror.link != Link::Live {
            return None;
        }
        // A wish whose fate is not known is repeated whatever the offer says by now: its number may be the last one.
        let attempt = match self.same_wish(service, now) {
            Some(kept) => kept,
            None => match self.known_refusal(service) {
                Some(refusal) => {
                    self.refuse(service.clone(), refusal, now);
                    return None;
                }
                None => Attempt::new(fresh, self.ask(service), now),
            },
        };
        let stage = Stage::Asking {
            service: service.clone(),
            attempt: attempt.clone(),
        };
        self.visit.go_to(stage, now);
        Some(attempt)
    }

    /// The visitor presses the key that tries again after a lost answer.
    pub fn try_again(&mut self, fresh: CommandKey, now: Duration) -> Option<Attempt> {
        let Stage::Unanswered { service, .. } = self.visit.stage() else {
            return None;
        };
        let service = service.clone();
        self.choose(&service, fresh, now)
    }

    /// The answer to an attempt. One that nobody waits for any more changes nothing.
    pub fn answer(
        &mut self,
        key: &CommandKey,
        answer: Result<IssuedTicket, Failure>,
        now: Duration,
    ) {
        let Some(service) = self.waits_for(key) else {
            return;
        };
        match answer {
            Ok(ticket) => {
                let printing = self.printing(&ticket);
                let number = Number::shown_at(now, ticket, service, printing);
                self.visit.go_to(Stage::Number(Box::new(number)), now);
            }
            Err(Failure::Refused(refusal)) => self.refuse(service, refusal, now),
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
            (_, Stage::Asking { .. }) => {}
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
            (Press::Back, Stage::Languages | Stage::Unanswered { .. } | Stage::Refused { .. }) => {
                self.visit.go_to(Stage::Choosing, now);
            }
            (Press::NextPage, Stage::Choosing) => self.turn_to(self.page() + 1),
            (Press::PreviousPage, Stage::Choosing) => self.turn_to(self.page().saturating_sub(1)),
            // A press for a screen that is not there any more.
            (
                Press::Done
                | Press::Languages
                | Press::Language(_)
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

    fn refuse(&mut self, service: ServiceKey, refusal: Refusal, now: Duration) {
        self.visit.go_to(Stage::Refused { service, refusal }, now);
    }

    /// No answer came: the visitor is told so, and can ask once more under the same key.
    fn give_up(&mut self, now: Duration) {
        if let Stage::Asking { service, attempt } = self.visit.stage() {
            let (service, attempt) = (service.clone(), attempt.clone());
            let stage = Stage::Unanswered { service, attempt };
            self.visit.go_to(stage, now);
        }
    }

    /// The service that an answer under `key` is for, if the visitor who asked is still there.
    fn waits_for(&self, key: &CommandKey) -> Option<ServiceKey> {
        match self.visit.stage() {
            // Given up, and still read: the truth is better than the apology.
            Stage::Asking { service, attempt } | Stage::Unanswered { service, attempt } => {
                (&attempt.key == key).then(|| service.clone())
            }
            Stage::Choosing | Stage::Languages | Stage::Number(_) | Stage::Refused { .. } => None,
        }
    }

    fn same_wish(&self, service: &ServiceKey, now: Duration) -> Option<Attempt> {
        let Stage::Unanswered { attempt, .. } = self.visit.stage() else {
            return None;
        };
        attempt.is_same_wish(service, now).then(|| attempt.clone())
    }

    fn ask(&self, service: &ServiceKey) -> IssueTicket {
        IssueTicket {
            services: vec![service.clone()],
            language: self.language(),
            needs: Vec::new(),
            shown: self.promise(service),
        }
    }

    fn promise(&self, service: &ServiceKey) -> Option<Promise> {
        self.offer(service).and_then(|offer| offer.promise)
    }

    /// A refusal that the offer tells by itself.
    fn known_refusal(&self, service: &ServiceKey) -> Option<Refusal> {
        self.offer(service)
            .and_then(|offer| Refusal::before_asking(offer.state))
    }

    fn printing(&self, ticket: &IssuedTicket) -> Printing {
        let is_live = self.mirror.link == Link::Live;
        Printing::of(ticket, self.mirror.kiosk(), is_live)
    }

    fn office(&self) -> Option<&OfficeInfo> {
        self.mirror.office()
    }
}
