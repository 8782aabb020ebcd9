//! Alerts in plain words, in the languages of staff: what is wrong, and what to do.
//!
//! Pure: words in, words out.

use super::{AlertCode, Condition};
use crate::health::Part;
use crate::staff_language::StaffLanguage;

/// What is wrong, in one sentence.
pub(super) fn what(condition: &Condition, language: StaffLanguage) -> String {
    let (at, about) = (&condition.at, condition.about.as_deref());
    let about = about.unwrap_or_default();
    let place = if about.is_empty() {
        String::new()
    } else {
        format!(" ({about})")
    };
    match language {
        StaffLanguage::English => match condition.code {
            AlertCode::StoreUnavailable => "The office keeps nothing just now: no ticket can be taken and nobody called.".to_owned(),
            AlertCode::Server(_) => format!("The server is not well: {about}"),
            AlertCode::DeviceAway => format!("{at}{place} is not connected."),
            AlertCode::DeviceFault => format!("{at} reports: {about}"),
            AlertCode::PaperOut => format!("{at} has no paper."),
            AlertCode::PaperLow => format!("{at} will soon have no paper."),
            AlertCode::DeviceClock => english_clock(at, about),
            AlertCode::TicketsUnprinted => format!("Tickets that were taken and are not on paper: {about}."),
            AlertCode::CallUnpainted => format!("No display shows the call to {}.", named(at, about)),
        },
        StaffLanguage::German => match condition.code {
            AlertCode::StoreUnavailable => "Das Amt kann gerade nichts festhalten: Es werden keine Wartenummern vergeben und niemand aufgerufen.".to_owned(),
            AlertCode::Server(part) => format!("{}: {about}", part_in_german(part)),
            AlertCode::DeviceAway => format!("{at}{place} ist nicht verbunden."),
            AlertCode::DeviceFault => format!("{at} meldet: {about}"),
            AlertCode::PaperOut => format!("{at} hat kein Papier mehr."),
            AlertCode::PaperLow => format!("{at} hat bald kein Papier mehr."),
            AlertCode::DeviceClock => german_clock(at, about),
            AlertCode::TicketsUnprinted => format!("Vergebene Wartenummern, die nicht gedruckt sind: {about}."),
            AlertCode::CallUnpainted => format!("Keine Anzeige zeigt den Aufruf zu {}.", named(at, about)),
        },
    }
}

fn english_clock(at: &str, minutes: &str) -> String {
    match minutes.strip_prefix('-') {
        Some(minutes) => format!("The clock of {at} is {minutes} min slow."),
        None => format!("The clock of {at} is {minutes} min fast."),
    }
}

fn german_clock(at: &str, minutes: &str) -> String {
    match minutes.strip_prefix('-') {
        Some(minutes) => format!("Die Uhr von {at} geht {minutes} min nach."),
        None => format!("Die Uhr von {at} geht {minutes} min vor."),
    }
}

/// What people call a place, where that is known.
fn named<'a>(at: &'a str, about: &'a str) -> &'a str {
    if about.is_empty() { at } else { about }
}

fn part_in_german(part: Part) -> &'static str {
    match part {
        Part::Clock => "Die Uhr des Servers ist gesprungen",
        Part::Backup => "Es kann keine Sicherung gemacht werden",
        Part::Privacy => "Die nächtliche Suche nach Personendaten meldet etwas",
        Part::Certificate => "Das Zertifikat des Servers endet bald oder ist nicht zu brauchen",
        Part::Hooks => "Meldungen an die IT kommen nicht an",
    }
}

/// What to do about it.
pub(super) fn todo(code: AlertCode, language: StaffLanguage) -> &'static str {
    match language {
        StaffLanguage::English => in_english(code),
        StaffLanguage::German => in_german(code),
    }
}

fn in_english(code: AlertCode) -> &'static str {
    match code {
        AlertCode::StoreUnavailable => {
            "Look at the server's disk: it may be full or broken. `aufruf-server doctor` says more. Go on with paper meanwhile."
        }
        AlertCode::Server(Part::Clock) => {
            "Set the clock of the server's computer right, or start the server anew if the new time is right."
        }
        AlertCode::Server(Part::Backup) => {
            "Look at the folder for backups: whether its disk is there, full, or may not be written."
        }
        AlertCode::Server(Part::Privacy) => {
            "Run `aufruf-server verify --privacy`; it names the files."
        }
        AlertCode::Server(Part::Certificate) => {
            "Bring a newer certificate to the place that server.toml names; it is taken up by itself."
        }
        AlertCode::Server(Part::Hooks) => {
            "Run `aufruf-server alerts test`; it says what the webhook or the mail server answers."
        }
        AlertCode::DeviceAway => {
            "Look whether it has power and network. If it is not used any more, put it out on the admin's page."
        }
        AlertCode::DeviceFault => {
            "See to the device as it says; start it anew if that does not help."
        }
        AlertCode::PaperOut | AlertCode::PaperLow => "Put a new roll in.",
        AlertCode::DeviceClock => "Set its time by the network (NTP).",
        AlertCode::TicketsUnprinted => {
            "See to the printer, and tell the visitors their numbers: panels list them."
        }
        AlertCode::CallUnpainted => {
            "Call the visitor aloud, and look at the displays of this waiting area."
        }
    }
}

fn in_german(code: AlertCode) -> &'static str {
    match code {
        AlertCode::StoreUnavailable => {
            "Die Festplatte des Servers prüfen: Sie kann voll oder defekt sein. `aufruf-server doctor` sagt mehr. Bis dahin auf Papier weiterarbeiten."
        }
        AlertCode::Server(Part::Clock) => {
            "Die Uhr des Server-Rechners richtig stellen, oder den Server neu starten, wenn die neue Zeit stimmt."
        }
        AlertCode::Server(Part::Backup) => {
            "Den Ordner der Sicherungen prüfen: ob sein Datenträger da ist, voll ist oder nicht beschrieben werden darf."
        }
        AlertCode::Server(Part::Privacy) => "`aufruf-server verify --privacy` nennt die Dateien.",
        AlertCode::Server(Part::Certificate) => {
            "Ein neueres Zertifikat an die Stelle legen, die server.toml nennt; es wird von selbst übernommen."
        }
        AlertCode::Server(Part::Hooks) => {
            "`aufruf-server alerts test` sagt, was Webhook oder Mailserver antworten."
        }
        AlertCode::DeviceAway => {
            "Strom und Netz des Geräts prüfen. Wird es nicht mehr gebraucht, auf der Verwaltungsseite sperren."
        }
        AlertCode::DeviceFault => "Nach dem Gerät sehen, wie es meldet; sonst neu starten.",
        AlertCode::PaperOut | AlertCode::PaperLow => "Eine neue Rolle einlegen.",
        AlertCode::DeviceClock => "Die Zeit des Geräts über das Netz stellen lassen (NTP).",
        AlertCode::TicketsUnprinted => {
            "Nach dem Drucker sehen und den Wartenden ihre Nummer sagen: Sie steht am Arbeitsplatz."
        }
        AlertCode::CallUnpainted => {
            "Die Person laut aufrufen und nach den Anzeigen dieses Wartebereichs sehen."
        }
    }
}

/// The line at panels; none where they show it already in other words.
pub(crate) fn for_panel(condition: &Condition, language: StaffLanguage) -> Option<String> {
    match condition.code {
        AlertCode::Server(_) | AlertCode::DeviceFault | AlertCode::TicketsUnprinted => None,
        AlertCode::StoreUnavailable
        | AlertCode::DeviceAway
        | AlertCode::PaperOut
        | AlertCode::PaperLow
        | AlertCode::DeviceClock
        | AlertCode::CallUnpainted => Some(what(condition, language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_says_what_is_wrong_and_what_to_do_in_each_language() {
        for code in AlertCode::all() {
            let condition = Condition::at(code, "printer-1").about("3".to_owned());
            let said = StaffLanguage::ALL.map(|language| {
                let (what, todo) = (what(&condition, language), todo(code, language));
                assert!(
                    what.len() > 10 && todo.len() > 10,
                    "{code:?}: {what} {todo}"
                );
                (what, todo)
            });
            assert_ne!(said[0], said[1], "{code:?}");
        }
    }
}
