//! The plan as text: counter after counter, then the services.
//!
//! Pure: a sheet in, text out.

use aufruf_engine::hours::OpenSpan;
use aufruf_engine::planning::StayOf;
use aufruf_engine::{Promise, Refusal};
use jiff::Timestamp;
use jiff::civil::Time;

use super::{Newcomers, Row, Service, Sheet, Stay, Waiting};

/// The plan for a terminal; every line ends with a line feed.
pub fn table(sheet: &Sheet) -> String {
    let mut lines = vec![format!("{}: {}", title(sheet), about(sheet))];
    let width = width(sheet);
    for row in &sheet.rows {
        lines.push(String::new());
        lines.push(format!("{}: {}", row.title(), sheet.staffed(row)));
        lines.extend(of_row(sheet, row, width));
    }
    if !sheet.unplanned.is_empty() {
        lines.push(String::new());
        lines.push("They wait, and no counter is planned that could call them:".to_owned());
        let waiting = sheet.unplanned.iter();
        lines.extend(waiting.map(|Waiting { number, service }| format!("  {number}  {service}")));
    }
    lines.push(String::new());
    lines.push("Somebody who comes now is called:".to_owned());
    lines.extend(of_services(sheet));
    lines.iter().map(|line| plain(line) + "\n").collect()
}

/// Whose plan it is, and of which day.
pub(super) fn title(sheet: &Sheet) -> String {
    let at = sheet.at.to_zoned(sheet.zone.clone());
    let day = at.strftime("%A, %-d %B %Y");
    let office = sheet.office.as_ref();
    office.map_or_else(|| day.to_string(), |name| format!("{name}, {day}"))
}

/// Of which hours of the day it is.
pub(super) fn about(sheet: &Sheet) -> String {
    let closes = match sheet.closes {
        None => "no hours today".to_owned(),
        Some(at) if at <= sheet.at => format!("closed at {}", sheet.clock(at)),
        Some(at) => format!("closes at {}", sheet.clock(at)),
    };
    let zone = sheet.zone.iana_name().unwrap_or("UTC");
    let at = sheet.clock(sheet.at);
    format!("the plan from {at} on ({closes}; times of {zone})")
}

impl Sheet {
    /// The office's clock at `at`. The midnight that ends the day is 24:00.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let is_end = local.time() == Time::midnight() && at > self.at;
        let shown = if is_end { "24:00" } else { "%H:%M" };
        local.strftime(shown).to_string()
    }

    pub(super) fn span(&self, span: OpenSpan) -> String {
        format!("{}-{}", self.clock(span.from), self.clock(span.to))
    }

    pub(super) fn kind(&self, of: StayOf) -> String {
        match of {
            StayOf::Running => "running".to_owned(),
            StayOf::WalkIn => "walk-in".to_owned(),
            StayOf::Appointment { at } => format!("appointment at {}", self.clock(at)),
        }
    }

    pub(super) fn staffed(&self, row: &Row) -> String {
        if row.staffed.is_empty() {
            return "not staffed".to_owned();
        }
        let spans = row.staffed.iter().map(|span| self.span(*span));
        format!("staffed {}", spans.collect::<Vec<_>>().join(", "))
    }

    fn window(&self, Promise { low, high, .. }: Promise) -> String {
        let (from, to) = (low, high);
        self.span(OpenSpan { from, to })
    }
}

impl Stay {
    /// What the visit is for, and whether anybody still believes in it.
    pub(super) fn purpose(&self) -> String {
        if self.is_hardly_expected() {
            return format!("{}, hardly expected any more", self.service);
        }
        self.service.clone()
    }
}

impl Row {
    /// The name, and the key where it says something else.
    pub(super) fn title(&self) -> String {
        titled(&self.name, &self.key)
    }
}

fn titled(name: &str, key: &str) -> String {
    if name == key {
        return name.to_owned();
    }
    format!("{name} ({key})")
}

/// So many characters has the longest number.
fn width(sheet: &Sheet) -> usize {
    let stays = sheet.rows.iter().flat_map(|row| &row.stays);
    let lengths = stays.map(|stay| stay.number.chars().count());
    lengths.max().unwrap_or(0)
}

fn of_row(sheet: &Sheet, row: &Row, width: usize) -> Vec<String> {
    let stays = row.stays.iter().map(|stay| {
        let (number, kind, purpose) = (&stay.number, sheet.kind(stay.of), stay.purpose());
        let what = format!("{number:width$}  {kind:20}  {purpose}");
        (
            stay.span.from,
            format!("  {}  {what}", sheet.span(stay.span)),
        )
    });
    let free = row.free().into_iter();
    let free = free.map(|gap| (gap.from, format!("  free {}", sheet.span(gap))));
    let mut lines: Vec<(Timestamp, String)> = stays.chain(free).collect();
    lines.sort_by_key(|(from, _)| *from);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn of_services(sheet: &Sheet) -> Vec<String> {
    let titles = sheet.services.iter();
    let titles: Vec<String> = titles
        .map(|Service { name, key, .. }| titled(name, key))
        .collect();
    let width = titles.iter().map(|title| title.chars().count()).max();
    let width = width.unwrap_or(0);
    let lines = titles.iter().zip(&sheet.services).map(|(title, service)| {
        let told = told(sheet, &service.newcomers);
        format!("  {title:width$}  {told}")
    });
    lines.collect()
}

fn told(sheet: &Sheet, newcomers: &Newcomers) -> String {
    match newcomers {
        Newcomers::Called(window) => sheet.window(*window),
        Newcomers::SoldOut => "sold out".to_owned(),
        Newcomers::NobodyServes => "nobody can say: no counter is planned for it".to_owned(),
        Newcomers::NoTicket(refusal) => format!("no ticket: {}", why(sheet, refusal)),
    }
}

/// The kiosk's reason, for staff.
fn why(sheet: &Sheet, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Closed {
            opens_at: Some(at), ..
        } => {
            let opens = at.to_zoned(sheet.zone.clone());
            format!(
                "closed, opens on {}",
                opens.strftime("%A, %-d %B, at %H:%M")
            )
        }
        Refusal::Closed { opens_at: None, .. } => "closed".to_owned(),
        Refusal::LastTicketGone { .. } => "the last one is gone, it closes soon".to_owned(),
        Refusal::ContingentUsed { limit, .. } => format!("all {limit} of today are gone"),
        Refusal::Locked { notice, .. } => format!("locked: {notice}"),
        other => other.to_string(),
    }
}

/// Names may hold anything; a terminal gets no control characters.
fn plain(line: &str) -> String {
    let plain = line
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char });
    plain.collect::<String>().trim_end().to_owned()
}
