//! Reads what `GET /metrics` says, as strictly as the format is written down: the text format of Prometheus
//! with the rules of `OpenMetrics` 1.0.

use std::collections::{BTreeMap, BTreeSet};

/// Everything that was told: each series, written as it came, with its value.
#[derive(Debug, Default)]
pub(super) struct Exposition {
    series: BTreeMap<String, f64>,
    types: BTreeMap<String, String>,
    helped: BTreeSet<String>,
    /// The family that is being told.
    present: Option<String>,
    is_over: bool,
}

impl Exposition {
    /// # Errors
    /// The line that breaks a rule, and which.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut all = Self::default();
        for line in text.lines() {
            all.take(line)
                .map_err(|rule| format!("{rule}: {line:?} in\n{text}"))?;
        }
        if !all.is_over || !text.ends_with("# EOF\n") {
            return Err(format!("the end is missing in\n{text}"));
        }
        all.check_histograms()?;
        Ok(all)
    }

    /// The value of a series that is written so.
    pub(super) fn value(&self, series: &str) -> Option<f64> {
        self.series.get(series).copied()
    }

    pub(super) fn families(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        if self.is_over {
            return Err("something after the end");
        }
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "EOF"] => self.is_over = true,
            ["#", "HELP", name, _] if is_name(name) => {
                self.present = Some(name.to_owned());
                if !self.helped.insert(name.to_owned()) {
                    return Err("a family is told twice");
                }
            }
            ["#", "TYPE", name, kind] if self.present.as_deref() == Some(name) => {
                if !["counter", "gauge", "histogram"].contains(&kind) {
                    return Err("no type that every reader knows");
                }
                self.types.insert(name.to_owned(), kind.to_owned());
            }
            ["#", "UNIT", name, unit] if self.present.as_deref() == Some(name) => {
                if !name.ends_with(&format!("_{unit}")) {
                    return Err("the unit is not in the name");
                }
            }
            ["#", ..] => return Err("no such comment"),
            _ => self.take_sample(line)?,
        }
        Ok(())
    }

    fn take_sample(&mut self, line: &str) -> Result<(), &'static str> {
        let (series, value) = line.rsplit_once(' ').ok_or("no value")?;
        let value: f64 = value.parse().map_err(|_| "no number")?;
        let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
        let labels = labels.strip_suffix('}').ok_or("labels are not closed")?;
        if !labels.is_empty() && !labels.split(',').all(is_label) {
            return Err("no label");
        }
        let family = self.present.as_deref().ok_or("a sample of no family")?;
        let suffix = name.strip_prefix(family).ok_or("of another family")?;
        let kind = self.types.get(family).ok_or("no type")?;
        let is_known = match kind.as_str() {
            "counter" => suffix == "_total" && value >= 0.0,
            "gauge" => suffix.is_empty(),
            _ => ["_sum", "_count", "_bucket"].contains(&suffix) && value >= 0.0,
        };
        if !is_known {
            return Err("not of its family's type");
        }
        let before = self.series.insert(series.to_owned(), value);
        before.map_or(Ok(()), |_| Err("a series is told twice"))
    }

    /// Buckets add up, and the last one holds all.
    fn check_histograms(&self) -> Result<(), String> {
        let counts = self.series.keys().filter(|series| self.is_count(series));
        for series in counts {
            let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
            let family = name.trim_end_matches("_count");
            let last = match labels {
                "}" => format!("{family}_bucket{{le=\"+Inf\"}}"),
                _ => format!("{family}_bucket{{le=\"+Inf\",{labels}"),
            };
            if self.value(&last) != self.value(series) {
                return Err(format!("{last} is not all of {series}"));
            }
        }
        Ok(())
    }

    fn is_count(&self, series: &str) -> bool {
        let name = series.split('{').next().unwrap_or(series);
        let family = name.strip_suffix("_count");
        family.is_some_and(|family| {
            self.types
                .get(family)
                .is_some_and(|kind| kind == "histogram")
        })
    }
}

fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    begins
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_label(label: &str) -> bool {
    let parts = label.split_once("=\"");
    parts.is_some_and(|(name, value)| {
        let value = value.strip_suffix('"');
        is_name(name) && value.is_some_and(|value| !value.contains(['"', '\\', '\n']))
    })
}
