//! `office.toml`: one document that describes the office. Imported, checked, versioned and exported
//! as it was written.

use std::collections::BTreeSet;
use std::fmt;

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;
use serde::Deserialize;

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
    pub(crate) series: Vec<Series>,
    pub(crate) queues: Vec<Queue>,
    pub(crate) services: Vec<Service>,
    pub(crate) areas: Vec<Area>,
    pub(crate) counters: Vec<Counter>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Series {
    pub(crate) key: String,
    pub(crate) prefix: String,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) reuse_after_min: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Queue {
    pub(crate) key: String,
    pub(crate) series: String,
    pub(crate) max_waiting: u32,
    pub(crate) name: wire::Texts,
    #[serde(default)]
    pub(crate) neutral: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) key: String,
    pub(crate) queue: String,
    pub(crate) duration_min: u32,
    pub(crate) name: wire::Texts,
    #[serde(default)]
    pub(crate) hint: wire::Texts,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Area {
    pub(crate) key: String,
    pub(crate) name: wire::Texts,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counter {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) area: String,
    pub(crate) skills: BTreeSet<String>,
    #[serde(default)]
    pub(crate) arrow: Option<Arrow>,
    #[serde(default)]
    pub(crate) way: wire::Texts,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Arrow {
    Left,
    Right,
    Up,
    Down,
    Ahead,
}

/// Everything that is wrong with an office file, so that one look mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyFile(pub Vec<String>);

impl fmt::Display for FaultyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for FaultyFile {}

impl OfficeDocument {
    /// Reads and checks an office file.
    ///
    /// # Errors
    /// The faulty line where the text cannot be read, else every fault of the office.
    pub fn parse(text: &str) -> Result<Self, FaultyFile> {
        let document: Self =
            toml::from_str(text).map_err(|error| FaultyFile(vec![error.to_string()]))?;
        let mut faults = document.faulty_texts();
        faults.extend(
            document
                .to_engine(0)
                .faults()
                .iter()
                .map(ToString::to_string),
        );
        if faults.is_empty() {
            Ok(document)
        } else {
            Err(FaultyFile(faults))
        }
    }

    fn faulty_texts(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let Some(first) = self.languages.first() else {
            return vec!["languages is empty; name at least the office's own".to_owned()];
        };
        let mut wants = |what: String, texts: &wire::Texts| {
            if texts.0.get(first).is_none_or(|text| text.trim().is_empty()) {
                faults.push(format!(
                    "{what} has no text in {first:?}, the office's first language"
                ));
            }
        };
        wants("name".to_owned(), &self.name);
        wants("counter_word".to_owned(), &self.counter_word);
        for queue in &self.queues {
            wants(format!("queue {:?}", queue.key), &queue.name);
        }
        for service in &self.services {
            wants(format!("service {:?}", service.key), &service.name);
        }
        for area in &self.areas {
            wants(format!("area {:?}", area.key), &area.name);
        }
        faults
    }

    /// What the engine needs of it.
    pub fn to_engine(&self, version: u64) -> engine::Office {
        engine::Office {
            version,
            time_zone: self.time_zone.clone(),
            queues: self.queues.iter().map(Queue::to_engine).collect(),
            series: self.series.iter().map(Series::to_engine).collect(),
            services: self.services.iter().map(Service::to_engine).collect(),
            counters: self.counters.iter().map(Counter::to_engine).collect(),
            areas: self
                .areas
                .iter()
                .map(|area| engine::Area {
                    key: engine::AreaKey::new(&area.key),
                })
                .collect(),
        }
    }
}

impl Series {
    fn to_engine(&self) -> engine::Series {
        engine::Series {
            key: engine::SeriesKey::new(&self.key),
            prefix: self.prefix.clone(),
            from: self.from,
            to: self.to,
            reuse_after_min: self.reuse_after_min,
        }
    }
}

impl Queue {
    fn to_engine(&self) -> engine::Queue {
        engine::Queue {
            key: engine::QueueKey::new(&self.key),
            series: engine::SeriesKey::new(&self.series),
            max_waiting: self.max_waiting,
        }
    }
}

impl Service {
    fn to_engine(&self) -> engine::Service {
        engine::Service {
            key: engine::ServiceKey::new(&self.key),
            queue: engine::QueueKey::new(&self.queue),
            duration_min: self.duration_min,
        }
    }
}

impl Counter {
    fn to_engine(&self) -> engine::Counter {
        engine::Counter {
            key: engine::CounterKey::new(&self.key),
            skills: self
                .skills
                .iter()
                .map(|skill| engine::ServiceKey::new(skill))
                .collect(),
            area: engine::AreaKey::new(&self.area),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../../assets/office/demo.toml");

    #[test]
    fn the_demo_office_has_no_fault() {
        let document = OfficeDocument::parse(DEMO).unwrap_or_else(|faults| panic!("{faults}"));
        let office = crate::wire::office_info(&document, 1);
        let sizes = [
            office.queues.len(),
            office.services.len(),
            office.counters.len(),
            office.areas.len(),
        ];
        assert_eq!(sizes, [3, 8, 6, 2]);
    }

    #[test]
    fn a_misspelt_key_is_told_with_its_line_and_what_could_have_been_meant() {
        let faulty = DEMO.replacen("max_waiting", "max_wating", 1);
        let told = OfficeDocument::parse(&faulty)
            .expect_err("a misspelt key")
            .to_string();
        assert!(
            told.contains("line") && told.contains("max_wating") && told.contains("max_waiting"),
            "{told}"
        );
    }

    #[test]
    fn every_fault_of_an_office_is_told_at_once() {
        let faulty = DEMO
            .replacen("series = \"a\"", "series = \"z\"", 1)
            .replacen("duration_min = 12", "duration_min = 0", 1);
        let told = OfficeDocument::parse(&faulty).expect_err("two faults").0;
        assert_eq!(told.len(), 2, "{told:?}");
    }
}
