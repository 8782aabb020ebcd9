//! Every word of the admin's pages, in the languages of staff. What the office calls its own things comes from the
//! office.
//!
//! Pure: words in, words out.

use aufruf_protocol::latest as wire;

use crate::devices::{DeviceFault, OwnFault, PlaceFault};
use crate::staff_language::StaffLanguage;
use crate::users::{NAME_CHARS, UserFault, UserRole};

/// The words that stand alone.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: StaffLanguage,
    pub(super) sign_in: &'static str,
    pub(super) sign_out: &'static str,
    pub(super) user: &'static str,
    pub(super) password: &'static str,
    pub(super) nobody_yet: &'static str,
    pub(super) wrong: &'static str,
    pub(super) too_often: &'static str,
    pub(super) version: &'static str,
    pub(super) office_version: &'static str,
    pub(super) alerts: &'static str,
    pub(super) all_well: &'static str,
    pub(super) since: &'static str,
    pub(super) waiting: &'static str,
    pub(super) nobody_waits: &'static str,
    pub(super) name: &'static str,
    pub(super) area: &'static str,
    pub(super) counter: &'static str,
    pub(super) prints_on: &'static str,
    pub(super) nowhere: &'static str,
    pub(super) let_in: &'static str,
    pub(super) send_away: &'static str,
    pub(super) devices: &'static str,
    pub(super) no_devices: &'static str,
    pub(super) device: &'static str,
    pub(super) what_and_where: &'static str,
    pub(super) state: &'static str,
    pub(super) program: &'static str,
    pub(super) seen: &'static str,
    pub(super) admitted: &'static str,
    pub(super) put_out: &'static str,
    pub(super) users: &'static str,
    pub(super) role: &'static str,
    pub(super) secret: &'static str,
    pub(super) add_user: &'static str,
    pub(super) sign_out_everywhere: &'static str,
    pub(super) remove: &'static str,
    pub(super) actions: &'static str,
    pub(super) log: &'static str,
    pub(super) when: &'static str,
    pub(super) who: &'static str,
    pub(super) from: &'static str,
    pub(super) what: &'static str,
    pub(super) about: &'static str,
    pub(super) back: &'static str,
    pub(super) not_theirs: &'static str,
    pub(super) foreign_form: &'static str,
    pub(super) unavailable: &'static str,
    pub(super) own_role: &'static str,
    pub(super) oneself: &'static str,
}

static ENGLISH: Words = Words {
    language: StaffLanguage::English,
    sign_in: "Sign in",
    sign_out: "Sign out",
    user: "User",
    password: "Password",
    nobody_yet: "Nobody can sign in yet. The first admin is added on the server's box:",
    wrong: "User or password is wrong.",
    too_often: "This address asks too often. Wait a few seconds.",
    version: "Version",
    office_version: "office version",
    alerts: "What is wrong now",
    all_well: "Nothing. All is well.",
    since: "since",
    waiting: "Devices that wait to be let in",
    nobody_waits: "None. A device that is new shows a code on its screen, and then stands here.",
    name: "Name",
    area: "Area",
    counter: "Counter",
    prints_on: "Prints on",
    nowhere: "none",
    let_in: "Let in",
    send_away: "Send away",
    devices: "Devices",
    no_devices: "No device may connect yet.",
    device: "Device",
    what_and_where: "What and where",
    state: "State",
    program: "Program",
    seen: "Heard last",
    admitted: "Let in",
    put_out: "Put out",
    users: "Users",
    role: "Role",
    secret: "Password or PIN",
    add_user: "Add, or set anew",
    sign_out_everywhere: "Sign out everywhere",
    remove: "Remove",
    actions: "Actions",
    log: "Latest changes",
    when: "When",
    who: "Who",
    from: "From",
    what: "What",
    about: "About",
    back: "To the page",
    not_theirs: "This page is for team leads, and what it changes for admins. Ask an admin.",
    foreign_form: "This form was not sent by this page. Open /admin again.",
    unavailable: "The server cannot read its data just now. Try again in a moment, and look at its log.",
    own_role: "Nobody takes their own role away: ask another admin.",
    oneself: "Nobody removes themselves: ask another admin.",
};

static GERMAN: Words = Words {
    language: StaffLanguage::German,
    sign_in: "Anmelden",
    sign_out: "Abmelden",
    user: "Benutzername",
    password: "Passwort",
    nobody_yet: "Noch kann sich niemand anmelden. Die erste Person mit Verwaltungsrechten wird auf dem Server angelegt:",
    wrong: "Benutzername oder Passwort ist falsch.",
    too_often: "Zu viele Anfragen von dieser Adresse. Bitte einige Sekunden warten.",
    version: "Version",
    office_version: "Amtsdatei Version",
    alerts: "Störungen",
    all_well: "Keine. Alles läuft.",
    since: "seit",
    waiting: "Geräte, die auf Zulassung warten",
    nobody_waits: "Keine. Ein neues Gerät zeigt einen Code auf seinem Bildschirm und steht dann hier.",
    name: "Name",
    area: "Wartebereich",
    counter: "Schalter",
    prints_on: "Druckt auf",
    nowhere: "keinem",
    let_in: "Zulassen",
    send_away: "Ablehnen",
    devices: "Geräte",
    no_devices: "Noch ist kein Gerät zugelassen.",
    device: "Gerät",
    what_and_where: "Art und Ort",
    state: "Zustand",
    program: "Programm",
    seen: "Zuletzt gehört",
    admitted: "Zugelassen",
    put_out: "Sperren",
    users: "Benutzer",
    role: "Rolle",
    secret: "Passwort oder PIN",
    add_user: "Anlegen oder neu setzen",
    sign_out_everywhere: "Überall abmelden",
    remove: "Entfernen",
    actions: "Aktionen",
    log: "Letzte Änderungen",
    when: "Wann",
    who: "Wer",
    from: "Von",
    what: "Was",
    about: "Worüber",
    back: "Zur Seite",
    not_theirs: "Diese Seite ist für Teamleitungen; ändern darf nur die Verwaltung. Bitte dort nachfragen.",
    foreign_form: "Dieses Formular kam nicht von dieser Seite. Bitte /admin neu öffnen.",
    unavailable: "Der Server kann seine Daten gerade nicht lesen. Gleich noch einmal versuchen und in sein Protokoll sehen.",
    own_role: "Niemand nimmt sich selbst die Rolle: Bitte eine andere Person mit Verwaltungsrechten fragen.",
    oneself: "Niemand entfernt sich selbst: Bitte eine andere Person mit Verwaltungsrechten fragen.",
};

impl Words {
    pub(super) fn of(language: StaffLanguage) -> &'static Self {
        match language {
            StaffLanguage::English => &ENGLISH,
            StaffLanguage::German => &GERMAN,
        }
    }

    /// The languages that the page can be read in instead.
    pub(super) fn others(&self) -> impl Iterator<Item = StaffLanguage> {
        let own = self.language;
        StaffLanguage::ALL
            .into_iter()
            .filter(move |one| *one != own)
    }

    fn either(&self, english: String, german: String) -> String {
        match self.language {
            StaffLanguage::English => english,
            StaffLanguage::German => german,
        }
    }

    fn one_of(&self, english: &'static str, german: &'static str) -> &'static str {
        match self.language {
            StaffLanguage::English => english,
            StaffLanguage::German => german,
        }
    }

    pub(super) fn put_out_of(&self, device: &str) -> String {
        self.either(format!("Put {device} out"), format!("{device} sperren"))
    }

    pub(super) fn sign_out_of(&self, user: &str) -> String {
        self.either(
            format!("Sign {user} out everywhere"),
            format!("{user} überall abmelden"),
        )
    }

    pub(super) fn remove_of(&self, user: &str) -> String {
        self.either(format!("Remove {user}"), format!("{user} entfernen"))
    }

    pub(super) fn locked(&self, seconds: i64) -> String {
        self.either(
            format!("Too many wrong passwords in a row: wait {seconds} seconds."),
            format!("Zu viele falsche Passwörter nacheinander: bitte {seconds} Sekunden warten."),
        )
    }

    pub(super) fn code_gone(&self, code: &str) -> String {
        self.either(
            format!("No device shows the code {code} any more."),
            format!("Kein Gerät zeigt mehr den Code {code}."),
        )
    }

    /// By somebody, at a time.
    pub(super) fn by(&self, at: &str, by: &str) -> String {
        self.either(format!("{at} by {by}"), format!("{at} von {by}"))
    }

    pub(super) fn prints_on(&self, printer: &str) -> String {
        self.either(
            format!("prints on {printer}"),
            format!("druckt auf {printer}"),
        )
    }

    /// What a device is, by the word of the database.
    pub(super) fn device_role<'a>(&self, role: &'a str) -> &'a str {
        match role {
            "kiosk" => "Kiosk",
            "display" => self.one_of("Display", "Anzeige"),
            "printer" => self.one_of("Printer", "Drucker"),
            "panel" => self.one_of("Counter panel", "Arbeitsplatz"),
            other => other,
        }
    }

    /// What a user is, by the word of the database.
    pub(super) fn user_role<'a>(&self, role: &'a str) -> &'a str {
        match role {
            "clerk" => self.one_of("clerk", "Sachbearbeitung"),
            "team_lead" => self.one_of("team lead", "Teamleitung"),
            "admin" => self.one_of("admin", "Verwaltung"),
            other => other,
        }
    }

    pub(super) fn no_password(&self) -> &'static str {
        self.one_of("has no password", "hat kein Passwort")
    }

    pub(super) fn was_locked(&self) -> &'static str {
        self.one_of(
            "was locked for guessing",
            "war wegen falscher Passwörter gesperrt",
        )
    }

    pub(super) fn presence(&self, presence: wire::Presence) -> &'static str {
        match presence {
            wire::Presence::Connected => self.one_of("connected", "verbunden"),
            wire::Presence::Away => self.one_of("not connected", "nicht verbunden"),
            wire::Presence::PutOut => self.one_of("put out; pair it anew", "gesperrt; neu koppeln"),
            wire::Presence::Unknown => "?",
        }
    }

    /// What is to be told of a printer's paper; nothing where all is well or nobody knows.
    pub(super) fn paper(&self, paper: wire::Paper) -> Option<&'static str> {
        match paper {
            wire::Paper::Out => Some(self.one_of("no paper", "kein Papier")),
            wire::Paper::Low => Some(self.one_of("little paper", "wenig Papier")),
            wire::Paper::Ok => Some(self.one_of("has paper", "hat Papier")),
            wire::Paper::Unknown => None,
        }
    }

    pub(super) fn sound(&self, sound: wire::Sound) -> Option<&'static str> {
        match sound {
            wire::Sound::Ok => Some(self.one_of("has sound", "hat Ton")),
            wire::Sound::None => Some(self.one_of("no sound", "kein Ton")),
            wire::Sound::Unknown => None,
        }
    }

    /// How far a clock is off, where people would notice.
    pub(super) fn clock(&self, offset_ms: i64) -> Option<String> {
        let seconds = offset_ms / 1_000;
        let by = seconds.abs();
        let way = if seconds > 0 {
            self.one_of("fast", "vor")
        } else {
            self.one_of("slow", "nach")
        };
        (by >= 2).then(|| {
            self.either(
                format!("clock {by} s {way}"),
                format!("Uhr geht {by} s {way}"),
            )
        })
    }

    pub(super) fn user_fault(&self, fault: UserFault) -> String {
        let german = match fault {
            UserFault::Id => format!(
                "Ein Benutzername hat 1 bis {NAME_CHARS} kleine Buchstaben, Ziffern, Punkte und Bindestriche."
            ),
            UserFault::Name => format!("Ein Name hat 1 bis {NAME_CHARS} Zeichen in einer Zeile."),
            UserFault::Length { role, least, most } => format!(
                "Passwort oder PIN für {} hat {least} bis {most} Zeichen.",
                GERMAN.user_role(role.name())
            ),
            UserFault::OneSign => "Passwort oder PIN hat mehr als ein Zeichen.".to_owned(),
        };
        self.either(sentence(&fault.to_string()), german)
    }

    pub(super) fn place_fault(&self, fault: PlaceFault) -> String {
        let german = match fault {
            PlaceFault::Kiosk => "Ein Kiosk hat höchstens einen Drucker.",
            PlaceFault::Display => "Eine Anzeige braucht einen Wartebereich.",
            PlaceFault::Printer => "Ein Drucker steht für sich.",
            PlaceFault::Panel => "Ein Arbeitsplatz braucht einen Schalter.",
        };
        self.either(sentence(&fault.to_string()), german.to_owned())
    }

    pub(super) fn device_fault(&self, fault: &DeviceFault) -> String {
        let german = match fault {
            DeviceFault::TooMany => "Zu viele Geräte: Bitte zuerst welche sperren.".to_owned(),
            DeviceFault::Of { id, why } => format!("Gerät „{id}“: {}", own_in_german(why)),
        };
        self.either(sentence(&fault.to_string()), german)
    }

    /// What was done, by the word of the log.
    pub(super) fn deed(&self, word: &str) -> String {
        let english = word.replace('_', " ");
        let german = match word {
            "device_added" => "Gerät angelegt",
            "device_paired" => "Gerät zugelassen",
            "device_revoked" => "Gerät gesperrt",
            "pairing_declined" => "Gerät abgelehnt",
            "token_renewed" => "Schlüssel erneuert",
            "token_in_use" => "neuer Schlüssel in Gebrauch",
            "user_added" => "Benutzer angelegt",
            "user_removed" => "Benutzer entfernt",
            "secret_reset" => "Passwort neu gesetzt",
            "sign_in_failed" => "Anmeldung gescheitert",
            "signed_in" => "angemeldet",
            "signed_out" => "abgemeldet",
            "signed_out_everywhere" => "überall abgemeldet",
            _ => english.as_str(),
        };
        self.either(english.clone(), german.to_owned())
    }

    /// The roles that a user can have: words of the form, and of people.
    pub(super) fn user_roles(&self) -> [(&'static str, &'static str); 3] {
        [UserRole::Clerk, UserRole::TeamLead, UserRole::Admin]
            .map(|role| (role.name(), self.user_role(role.name())))
    }
}

fn own_in_german(why: &OwnFault) -> String {
    match why {
        OwnFault::Id => {
            "Ein Name hat 1 bis 64 Buchstaben, Ziffern, Punkte und Bindestriche.".to_owned()
        }
        OwnFault::ServersOwn => "So nennt der Server sich selbst; bitte anders nennen.".to_owned(),
        OwnFault::Twice => "Den Namen gibt es zweimal.".to_owned(),
        OwnFault::NoHash => "token_sha256 hat keine 64 Hexadezimalziffern.".to_owned(),
        OwnFault::SharedToken => "Ein anderes Gerät hat denselben Schlüssel.".to_owned(),
        OwnFault::NoPrinter(printer) => {
            format!("„{printer}“ ist kein zugelassener Drucker; bitte zuerst diesen zulassen.")
        }
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_left_out_in_any_language() {
        for words in [&GERMAN, &ENGLISH] {
            let shown = format!("{words:?}");
            assert!(!shown.contains("\"\""), "{shown}");
        }
        assert_ne!(GERMAN.deed("device_paired"), ENGLISH.deed("device_paired"));
        assert_eq!(GERMAN.deed("of_a_later_program"), "of a later program");
    }

    #[test]
    fn a_refusal_says_in_both_languages_what_to_do() {
        let fault = DeviceFault::Of {
            id: "kiosk-1".to_owned(),
            why: OwnFault::NoPrinter("printer-9".to_owned()),
        };
        for words in [&GERMAN, &ENGLISH] {
            let told = words.device_fault(&fault);
            assert!(
                told.contains("kiosk-1") && told.contains("printer-9"),
                "{told}"
            );
        }
        assert!(GERMAN.user_fault(UserFault::Id).contains("64"));
    }

    #[test]
    fn a_clock_that_is_right_is_not_worth_a_word() {
        assert_eq!(GERMAN.clock(-1_250), None);
        assert_eq!(GERMAN.clock(180_000).as_deref(), Some("Uhr geht 180 s vor"));
        assert_eq!(ENGLISH.clock(-9_000).as_deref(), Some("clock 9 s slow"));
    }
}
