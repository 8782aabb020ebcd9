//! The office's own words: which must be there, and how long they may be.

use aufruf_protocol::latest as wire;

use super::OfficeDocument;
use super::faults::Fault;
use super::lines::Step::{self, Key, Nth};

/// LIMIT: characters of a name. Longer ones fit on no screen.
const MAX_NAME: usize = 120;
/// LIMIT: characters of a hint, a way or a notice.
const MAX_TEXT: usize = 400;
/// LIMIT: characters of a key; keys stand in every record.
const MAX_KEY: usize = 64;
/// LIMIT: characters on a counter's sign.
const MAX_SIGN: usize = 40;
/// LIMIT: characters before the digits of a number; they are read out and stand on the ticket.
pub(super) const MAX_PREFIX: usize = 8;

/// One text in its languages, and where it stands.
struct Written<'a> {
    path: Vec<Step>,
    what: String,
    texts: &'a wire::Texts,
}

/// Every fault of the office's texts.
pub(super) fn faults(document: &OfficeDocument) -> Vec<Fault> {
    let Some(first) = document.languages.first() else {
        let told = "languages is empty; name at least the office's own";
        return vec![Fault::new(&[Key("languages")], told)];
    };
    let mut faults = signs(document);
    let wanted = [(names(document), MAX_NAME), (notices(document), MAX_TEXT)];
    for (texts, limit) in &wanted {
        faults.extend(texts.iter().filter_map(|written| written.missing(first)));
        faults.extend(texts.iter().flat_map(|written| written.too_long(*limit)));
    }
    let asides = asides(document);
    faults.extend(asides.iter().flat_map(|written| written.too_long(MAX_TEXT)));
    faults
}

impl Written<'_> {
    fn missing(&self, first: &str) -> Option<Fault> {
        let text = self.texts.0.get(first);
        let missing = text.is_none_or(|text| text.trim().is_empty());
        let Self { path, what, .. } = self;
        let told = || format!("{what} has no text in {first:?}, the office's first language");
        missing.then(|| Fault::new(path, told()))
    }

    fn too_long(&self, limit: usize) -> impl Iterator<Item = Fault> {
        let Self { path, what, .. } = self;
        let lengths = self.texts.0.iter();
        let lengths = lengths.map(|(language, text)| (language, text.chars().count()));
        let over = lengths.filter(move |(_, length)| *length > limit);
        over.map(move |(language, length)| {
            let told = format!(
                "{what}: the text in {language:?} has {length} characters; write at most {limit}"
            );
            Fault::new(path, told)
        })
    }
}

/// The names, all of which must be there.
fn names(document: &OfficeDocument) -> Vec<Written<'_>> {
    let own = |key, texts| Written {
        path: vec![Key(key)],
        what: key.to_owned(),
        texts,
    };
    let mut written = vec![
        own("name", &document.name),
        own("counter_word", &document.counter_word),
    ];
    let mut add = |list, n, what, texts| {
        let path = vec![Key(list), Nth(n), Key("name")];
        written.push(Written { path, what, texts });
    };
    for (n, queue) in document.queues.iter().enumerate() {
        add("queues", n, format!("queue {:?}", queue.key), &queue.name);
    }
    for (n, service) in document.services.iter().enumerate() {
        let what = format!("service {:?}", service.key);
        add("services", n, what, &service.name);
    }
    for (n, area) in document.areas.iter().enumerate() {
        add("areas", n, format!("area {:?}", area.key), &area.name);
    }
    for (n, holiday) in document.holidays.iter().enumerate() {
        let what = format!("holiday {}", holiday.date.0);
        add("holidays", n, what, &holiday.name);
    }
    written
}

/// What the kiosk says of a closure: all of it or nothing.
fn notices(document: &OfficeDocument) -> Vec<Written<'_>> {
    let closures = document.closures.iter().enumerate();
    let closures = closures.filter(|(_, closure)| !closure.is_silent());
    let written = closures.map(|(n, closure)| Written {
        path: vec![Key("closures"), Nth(n), Key("notice")],
        what: format!("the notice of the closure from {}", closure.from.0),
        texts: &closure.notice,
    });
    written.collect()
}

/// Texts that may be left out in any language.
fn asides(document: &OfficeDocument) -> Vec<Written<'_>> {
    let services = document.services.iter().enumerate();
    let hints = services.map(|(n, service)| Written {
        path: vec![Key("services"), Nth(n), Key("hint")],
        what: format!("the hint of service {:?}", service.key),
        texts: &service.hint,
    });
    let counters = document.counters.iter().enumerate();
    let ways = counters.map(|(n, counter)| Written {
        path: vec![Key("counters"), Nth(n), Key("way")],
        what: format!("the way to counter {:?}", counter.key),
        texts: &counter.way,
    });
    hints.chain(ways).collect()
}

/// What has one text for all languages: keys, prefixes, counters' names.
fn signs(document: &OfficeDocument) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut check = |list, n, key, text: &str, most| {
        let (length, path) = (text.chars().count(), [Key(list), Nth(n), Key(key)]);
        if length > most {
            let told = format!("{key} has {length} characters; write at most {most}");
            faults.push(Fault::new(&path, told));
        } else if text.trim().is_empty() && key != "prefix" {
            faults.push(Fault::new(&path, format!("{key} is empty; write a text")));
        }
    };
    for (n, series) in document.series.iter().enumerate() {
        check("series", n, "key", &series.key, MAX_KEY);
        check("series", n, "prefix", &series.prefix, MAX_PREFIX);
    }
    for (n, queue) in document.queues.iter().enumerate() {
        check("queues", n, "key", &queue.key, MAX_KEY);
    }
    for (n, service) in document.services.iter().enumerate() {
        check("services", n, "key", &service.key, MAX_KEY);
    }
    for (n, area) in document.areas.iter().enumerate() {
        check("areas", n, "key", &area.key, MAX_KEY);
    }
    for (n, counter) in document.counters.iter().enumerate() {
        check("counters", n, "key", &counter.key, MAX_KEY);
        check("counters", n, "name", &counter.name, MAX_SIGN);
    }
    faults
}
