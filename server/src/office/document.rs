//! `office.toml`: one document that describes the office. Imported, checked, versioned and exported
//! as it was written.

use std::fmt;

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;
use jiff::civil::Date;
use serde::Deserialize;

use super::faults;
use super::lines::Lines;
use super::reading;
use super::rules::HouseRulesInFile;
use super::things::{Area, Closure, Counter, Holiday, Queue, Series, Service};

/// LIMIT: bytes of an office file. The largest office that the engine takes needs some two million.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// LIMIT: faults that are told at once; whoever has more mends these first.
const MAX_TOLD: usize = 100;

/// An office as somebody described it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeDocument {
    pub name: wire::Texts,
    pub languages: Vec<wire::Language>,
    pub time_zone: String,
    pub counter_word: wire::Texts,
    /// A ticket that was not printed within this time is not printed any more, in minutes.
    pub print_within_min: u32,
    #[serde(default, with = "HouseRulesInFile")]
    pub(crate) rules: engine::HouseRules,
    pub(crate) series: Vec<Series>,
    pub(crate) queues: Vec<Queue>,
    pub(crate) services: Vec<Service>,
    pub(crate) areas: Vec<Area>,
    pub(crate) counters: Vec<Counter>,
    #[serde(default)]
    pub(crate) holidays: Vec<Holiday>,
    #[serde(default)]
    pub(crate) closures: Vec<Closure>,
}

/// Everything that is wrong with an office file, so that one look mends it: a line of text for each
/// fault, which begins with the line of the file where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyFile(pub Vec<String>);

impl fmt::Display for FaultyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for FaultyFile {}

impl FaultyFile {
    pub(super) fn of<T>(found: &[T], told: impl Fn(&T) -> String) -> Self {
        let mut faults: Vec<_> = found.iter().take(MAX_TOLD).map(told).collect();
        let more = found.len() - faults.len();
        if more > 0 {
            faults.push(format!("and {more} faults more"));
        }
        Self(faults)
    }
}

impl OfficeDocument {
    /// Reads and checks an office file.
    ///
    /// # Errors
    /// Every fault of the text where it cannot be read, else every fault of the office.
    pub fn parse(text: &str) -> Result<Self, FaultyFile> {
        if text.len() > MAX_BYTES {
            let told = format!("the file is larger than {MAX_BYTES} bytes; is it an office file?");
            return Err(FaultyFile(vec![told]));
        }
        let mut document = reading::read(text)?;
        document.complete();
        let mut found = faults::of(&document);
        if found.is_empty() {
            return Ok(document);
        }
        let lines = Lines::of(text);
        found.sort_by_cached_key(|fault| lines.line(&fault.path));
        Err(FaultyFile::of(&found, |fault| fault.told(&lines)))
    }

    /// What visitors of a queue are told on a date that is closed as a whole: the closure's notice,
    /// else the holiday's name. None on other dates, and for a closure without a notice.
    pub fn closing_words(&self, queue: &str, date: Date) -> Option<&wire::Texts> {
        let mut closures = self.closures.iter();
        let closure = closures.find(|closure| closure.closes(queue, date) && !closure.is_silent());
        let mut holidays = self.holidays.iter();
        closure
            .map(|closure| &closure.notice)
            .or_else(|| Some(&holidays.find(|holiday| holiday.date.0 == date)?.name))
    }

    /// Finds out what each counter offers in all; whoever reads a document asks no queue for it.
    fn complete(&mut self) {
        for counter in &mut self.counters {
            counter.complete(&self.services);
        }
    }
}
