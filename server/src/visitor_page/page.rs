//! The page itself: where one visit stands, in words and large figures.
//!
//! Pure: a visit, the office and the time in; a page out.

use askama::Template;
use aufruf_engine::{CheckInRule, CounterKey, Promise};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::words::{self, PageWords, Spoken};
use crate::office::OfficeDocument;
use crate::runtime::{Standing, Visit};

/// The page asks again after this time, in seconds: somebody who is called must learn it at once.
const WHILE_CALLED: u32 = 5;
const WHILE_OPEN: u32 = 15;

#[derive(Debug, Template)]
#[template(path = "visitor.html")]
pub(super) struct Page<'a> {
    title: String,
    /// What the page's colours say: `waits`, `called` or `over`.
    mood: &'static str,
    /// None: it stays as it is.
    renews_after: Option<u32>,
    number: Option<&'a str>,
    /// The same, once a language; never empty.
    parts: Vec<Part<'a>>,
}

/// What is said in one language.
#[derive(Debug)]
struct Part<'a> {
    language: &'static str,
    direction: &'a str,
    office: &'a str,
    number_label: &'a str,
    headline: &'a str,
    facts: Vec<Fact<'a>>,
    notes: Vec<&'a str>,
    as_of: Option<String>,
}

/// A figure or a place.
#[derive(Debug)]
struct Fact<'a> {
    label: &'a str,
    figure: String,
    /// Below it, smaller.
    more: &'a str,
}

impl<'a> Page<'a> {
    /// Where `visit` stands at `now`.
    pub(super) fn of(visit: &'a Visit, office: &'a OfficeDocument, now: Timestamp) -> Self {
        let spoken = words::spoken(&visit.language, office);
        let (mood, renews_after) = match visit.standing {
            Standing::Called { .. } => ("called", Some(WHILE_CALLED)),
            Standing::Finished | Standing::Void => ("over", None),
            _ => ("waits", Some(WHILE_OPEN)),
        };
        let zone = TimeZone::get(&office.time_zone).unwrap_or(TimeZone::UTC);
        let told = |spoken| {
            let teller = Teller::new(spoken, office, zone.clone());
            let as_of = renews_after.map(|_| teller.at(&teller.words.as_of, now));
            let told = teller.told(visit);
            Part { as_of, ..told }
        };
        Self {
            mood,
            renews_after,
            number: Some(&visit.number),
            ..Self::in_words(spoken.into_iter().map(told).collect())
        }
    }

    /// No ticket of today has this id.
    pub(super) fn unknown(office: &'a OfficeDocument) -> Self {
        let said = |words: &'static PageWords| (&*words.unknown, &*words.unknown_note);
        Self::of_nobody(office, said)
    }

    /// Nobody can say now; the page tries again.
    pub(super) fn busy(office: &'a OfficeDocument) -> Self {
        let said = |words: &'static PageWords| (&*words.busy, &*words.busy_note);
        Self {
            renews_after: Some(WHILE_OPEN),
            ..Self::of_nobody(office, said)
        }
    }

    fn of_nobody(
        office: &'a OfficeDocument,
        said: impl Fn(&'static PageWords) -> (&'static str, &'static str),
    ) -> Self {
        let parts = words::of_everybody(office).into_iter().map(|spoken| {
            let (headline, note) = said(spoken.1);
            Part::saying(spoken, office, headline).noting(note)
        });
        Self::in_words(parts.collect())
    }

    fn in_words(parts: Vec<Part<'a>>) -> Self {
        Self {
            title: parts.first().map_or("", |part| part.headline).to_owned(),
            mood: "over",
            renews_after: None,
            number: None,
            parts,
        }
    }
}

/// Tells where a visit stands, in one language.
struct Teller<'a> {
    spoken: Spoken,
    words: &'static PageWords,
    office: &'a OfficeDocument,
    zone: TimeZone,
}

impl<'a> Teller<'a> {
    fn new(spoken: Spoken, office: &'a OfficeDocument, zone: TimeZone) -> Self {
        let words = spoken.1;
        Self {
            spoken,
            words,
            office,
            zone,
        }
    }

    fn told(&self, visit: &Visit) -> Part<'a> {
        let words = self.words;
        match &visit.standing {
            Standing::Booked { at, rule } => {
                let part = self
                    .says(&words.booked)
                    .with(&words.booked_at, self.clock(*at));
                match rule {
                    CheckInRule::Required => part.noting(&words.check_in),
                    CheckInRule::None => part,
                }
            }
            Standing::Waiting { ahead, window } => self.waits(*ahead, *window),
            Standing::Paused { until } => {
                let until = self.clock(*until);
                self.says(&words.paused).with(&words.paused_until, until)
            }
            Standing::Called { counter } => self.says(&words.called).to(self.place("", counter)),
            Standing::Serving { counter } => self.says(&words.serving).to(self.place("", counter)),
            Standing::Parked => self.says(&words.parked).noting(&words.parked_note),
            Standing::PickUp { counter } => {
                let place = self.place(&words.pick_up_at, counter);
                self.says(&words.pick_up).to(place)
            }
            Standing::Missed => self.says(&words.missed).noting(&words.missed_note),
            Standing::Finished => self.says(&words.finished),
            Standing::Void => self.says(&words.void).noting(&words.void_note),
        }
    }

    fn waits(&self, ahead: usize, window: Option<Promise>) -> Part<'a> {
        let words = self.words;
        let mut part = self.says(&words.waiting);
        part = match ahead {
            0 => part.noting(&words.next),
            more => part.with(&words.ahead, more.to_string()),
        };
        if let Some(Promise { low, high, .. }) = window {
            let (from, to) = (self.clock(low), self.clock(high));
            let window = words.window.replace("{from}", &from).replace("{to}", &to);
            part = part.with(&words.call_at, window);
        }
        part.noting(&words.watch)
    }

    fn says(&self, headline: &'a str) -> Part<'a> {
        Part::saying(self.spoken, self.office, headline)
    }

    fn place(&self, label: &'a str, key: &CounterKey) -> Option<Fact<'a>> {
        let Self { office, spoken, .. } = self;
        let mut counters = office.counters.iter();
        let counter = counters.find(|counter| counter.key == key.as_str())?;
        let word = office.counter_word.in_language(spoken.0, &office.languages);
        Some(Fact {
            label,
            figure: format!("{word} {}", counter.name),
            more: counter.way.in_language(spoken.0, &office.languages),
        })
    }

    fn at(&self, text: &str, at: Timestamp) -> String {
        text.replace("{at}", &self.clock(at))
    }

    fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }
}

impl<'a> Part<'a> {
    fn saying((language, words): Spoken, office: &'a OfficeDocument, headline: &'a str) -> Self {
        Self {
            language,
            direction: &words.direction,
            office: office.name.in_language(language, &office.languages),
            number_label: &words.number,
            headline,
            facts: Vec::new(),
            notes: Vec::new(),
            as_of: None,
        }
    }

    fn with(self, label: &'a str, figure: String) -> Self {
        let more = "";
        self.to(Some(Fact {
            label,
            figure,
            more,
        }))
    }

    fn to(mut self, fact: Option<Fact<'a>>) -> Self {
        self.facts.extend(fact);
        self
    }

    fn noting(mut self, note: &'a str) -> Self {
        self.notes.push(note);
        self
    }
}
