//! What each part saw, in the order of time, as a table for people.

use std::fmt;

use jiff::tz::TimeZone;

use crate::moment::Moment;

/// Lines of "who saw what when".
#[derive(Debug)]
pub struct Account {
    zone: TimeZone,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    part: &'static str,
    saw: String,
    at: Moment,
}

impl Account {
    /// An empty account that tells times in the machine's own time zone.
    pub fn new() -> Self {
        Self {
            zone: TimeZone::system(),
            lines: Vec::new(),
        }
    }

    pub fn tells(&mut self, part: &'static str, saw: impl Into<String>, at: Moment) {
        self.lines.push(Line {
            part,
            saw: saw.into(),
            at,
        });
    }
}

impl Default for Account {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Account {
    /// One line each: time of day, milliseconds since the line before, part, what it saw.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by_key(|line| line.at.at);
        let mut before = lines.first().map(|line| line.at);
        for line in lines {
            let time = line
                .at
                .at
                .to_zoned(self.zone.clone())
                .strftime("%H:%M:%S%.3f");
            let since = before.map_or(0, |before| line.at.after(before).as_millis());
            writeln!(
                f,
                "  {time}  {:>8}  {:<8} {}",
                format!("+{since} ms"),
                line.part,
                line.saw
            )?;
            before = Some(line.at);
        }
        Ok(())
    }
}
