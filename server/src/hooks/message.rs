//! One message to IT: everything that was news at one look, as JSON and as the text of a mail.
//!
//! Pure but for its id.

use aufruf_protocol::latest as wire;
use jiff::Timestamp;
use serde::Serialize;

use super::due::News;
use crate::alerts::Alert;
use crate::ids::fresh_token;
use crate::staff_language::StaffLanguage;

/// LIMIT: alerts in one message; the rest is counted.
const ENTRIES: usize = 50;

/// What goes out.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Message {
    /// Of this form of message.
    version: u32,
    /// The same when it is sent again.
    pub(super) id: String,
    office: String,
    pub(super) sent_at: Timestamp,
    alerts: Vec<Entry>,
    /// Alerts beyond those.
    more: usize,
    #[serde(skip)]
    language: StaffLanguage,
}

#[derive(Debug, Clone, Serialize)]
struct Entry {
    state: EntryState,
    #[serde(flatten)]
    alert: wire::Alert,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum EntryState {
    Raised,
    Over,
    Test,
}

impl Message {
    pub(super) fn of(news: &News, office: &str, language: StaffLanguage, now: Timestamp) -> Self {
        let raised = news.raised.iter().map(|alert| (EntryState::Raised, alert));
        let over = news.over.iter().map(|alert| (EntryState::Over, alert));
        let entry = |(state, alert): (EntryState, &Alert)| Entry {
            state,
            alert: alert.told(language),
        };
        let alerts: Vec<Entry> = raised.chain(over).take(ENTRIES).map(entry).collect();
        Self {
            version: 1,
            id: new_id(),
            office: office.to_owned(),
            sent_at: now,
            more: news.raised.len() + news.over.len() - alerts.len(),
            alerts,
            language,
        }
    }

    /// One that says that the way is open.
    pub(super) fn test(language: StaffLanguage, now: Timestamp) -> Self {
        let (what, todo) = match language {
            StaffLanguage::English => ("This is a test.", "Nothing: alerts arrive here."),
            StaffLanguage::German => ("Dies ist ein Test.", "Nichts: Meldungen kommen hier an."),
        };
        let alert = wire::Alert {
            code: "test".to_owned(),
            at: "server".to_owned(),
            since: now,
            what: what.to_owned(),
            todo: todo.to_owned(),
        };
        Self {
            version: 1,
            id: new_id(),
            office: "Aufruf".to_owned(),
            sent_at: now,
            alerts: vec![Entry {
                state: EntryState::Test,
                alert,
            }],
            more: 0,
            language,
        }
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("plain words have a JSON form")
    }

    /// A mail's subject: the first of it, on one line.
    pub(super) fn subject(&self) -> String {
        let first = self.alerts.first();
        let words = first.map_or("", |entry| entry.alert.what.as_str());
        let state = first.map_or("", |entry| entry.state.word(self.language));
        let others = self.alerts.len() + self.more;
        let others = if others > 1 {
            format!(" (+{})", others - 1)
        } else {
            String::new()
        };
        let line = format!("[{}] {state}: {words}{others}", self.office);
        line.chars().filter(|c| !c.is_control()).take(150).collect()
    }

    /// A mail's text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for Entry { state, alert } in &self.alerts {
            let state = state.word(self.language);
            let wire::Alert {
                code,
                at,
                since,
                what,
                todo,
            } = alert;
            let since_word = match self.language {
                StaffLanguage::English => "since",
                StaffLanguage::German => "seit",
            };
            let entry =
                format!("{state}: {what}\n  {todo}\n  {code}, {at}, {since_word} {since:.0}\n\n");
            text.push_str(&entry);
        }
        if self.more > 0 {
            let more = format!("… +{}\n", self.more);
            text.push_str(&more);
        }
        text
    }
}

impl EntryState {
    fn word(self, language: StaffLanguage) -> &'static str {
        match (self, language) {
            (Self::Raised, StaffLanguage::English) => "Alert",
            (Self::Raised, StaffLanguage::German) => "Störung",
            (Self::Over, StaffLanguage::English) => "Over",
            (Self::Over, StaffLanguage::German) => "Vorbei",
            (Self::Test, _) => "Test",
        }
    }
}

fn new_id() -> String {
    fresh_token().chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::{AlertCode, Condition};

    fn news(n: usize) -> News {
        let alert = |n| Alert {
            condition: Condition::at(AlertCode::PaperOut, &format!("printer-{n}")),
            since: Timestamp::UNIX_EPOCH,
        };
        News {
            raised: (0..n).map(alert).collect(),
            over: vec![alert(n)],
        }
    }

    #[test]
    fn a_message_says_what_is_wrong_what_to_do_and_what_is_over() {
        let message = Message::of(
            &news(1),
            "Amt",
            StaffLanguage::German,
            Timestamp::UNIX_EPOCH,
        );
        let json: serde_json::Value = serde_json::from_str(&message.json()).expect("JSON");
        assert_eq!(json["alerts"][0]["state"], "raised");
        assert_eq!(json["alerts"][0]["code"], "paper_out");
        assert_eq!(json["alerts"][1]["state"], "over");
        assert_eq!(
            message.subject(),
            "[Amt] Störung: printer-0 hat kein Papier mehr. (+1)"
        );
        assert!(
            message.text().contains("Vorbei: printer-1"),
            "{}",
            message.text()
        );
    }

    #[test]
    fn a_house_in_which_everything_is_wrong_sends_one_short_message() {
        let message = Message::of(
            &news(600),
            "Amt",
            StaffLanguage::English,
            Timestamp::UNIX_EPOCH,
        );
        assert_eq!((message.alerts.len(), message.more), (ENTRIES, 551));
        assert!(message.text().contains("+551"));
    }
}
