//! Where in the file something stands.

use std::iter;

use toml::de::{DeTable, DeValue};

/// One step from the whole file towards a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Key(&'static str),
    /// The first of a list is 0.
    Nth(usize),
}

/// The lines of one text.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    file: DeTable<'a>,
}

impl<'a> Lines<'a> {
    /// In a text that is no TOML, no path leads anywhere.
    pub(super) fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let file = DeTable::parse(text).map(toml::Spanned::into_inner);
        let file = file.unwrap_or_default();
        Self { text, starts, file }
    }

    /// The line on which `path` begins; of a path that the file has only in part, the end of that
    /// part. The first line is 1.
    pub(super) fn line(&self, path: &[Step]) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        let (mut at, mut value) = in_table(&self.file, *first)?;
        for step in rest {
            let next = match (value, step) {
                (DeValue::Table(table), step) => in_table(table, *step),
                (DeValue::Array(values), Step::Nth(n)) => values
                    .get(*n)
                    .map(|value| (value.span().start, value.get_ref())),
                _ => None,
            };
            let Some(next) = next else { break };
            (at, value) = next;
        }
        Some(self.line_at(at))
    }

    /// The line of a byte of the text. The first is 1.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// What stands on a line.
    pub(super) fn words(&self, line: usize) -> &'a str {
        let start = line.checked_sub(1).and_then(|n| self.starts.get(n));
        let rest = start.and_then(|start| self.text.get(*start..));
        rest.and_then(|rest| rest.lines().next())
            .unwrap_or_default()
    }
}

fn in_table<'t, 'a>(table: &'t DeTable<'a>, step: Step) -> Option<(usize, &'t DeValue<'a>)> {
    let Step::Key(key) = step else { return None };
    let (key, value) = table.get_key_value(key)?;
    Some((key.span().start, value.get_ref()))
}
