//! What visitors press, and what is known of those who will come.

use std::collections::BTreeSet;

use aufruf_engine::{
    Booking, CheckIn, Command, IssueTicket, Need, Priority, Source, TicketId, TicketState,
};
use jiff::Timestamp;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use super::{Ago, ago, nth, persons, services, taken};
use crate::common::{TestOffice, id};

#[derive(Debug, Clone)]
pub(super) enum Press {
    Take(Wish),
    /// With the id of somebody who is known.
    TakeAgain(Ago),
    Book(Wish, When, Label),
    /// Changes the appointment of somebody who is known.
    Rebook(Ago, Wish, When, Label),
    CheckIn(Ago),
    /// The n-th of those who are expected.
    Come(usize),
    Type(Ago, Typed),
}

#[derive(Debug, Clone)]
pub(super) struct Wish {
    services: Vec<&'static str>,
    priority: Priority,
    needs: BTreeSet<Need>,
    persons: u32,
    source: Source,
}

/// Several appointments begin at the same time.
const SLOT_SECS: i64 = 600;

/// The agreed time: the slot in so many minutes from now.
type When = i64;

/// Number and code of an appointment.
#[derive(Debug, Clone)]
pub(super) enum Label {
    Own,
    /// No code.
    Bare,
    /// One that the office's own series could give.
    OfSeries(u32),
    /// One that the centre gives each day anew.
    Daily(u32),
    Nonsense(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Typed {
    Number,
    Code,
    Sloppily,
    Nonsense,
}

impl Press {
    pub(super) fn command(&self, office: &mut TestOffice) -> Command {
        match self {
            Self::Take(wish) => Command::IssueTicket(wish.ticket(office)),
            Self::TakeAgain(ago) => Command::IssueTicket(IssueTicket {
                ticket: taken(office, *ago),
                ..office.wish(&["id-card"])
            }),
            Self::Book(wish, when, label) => {
                Command::BookAppointment(wish.booking(office, *when, label))
            }
            Self::Rebook(ago, wish, when, label) => {
                let ticket = taken(office, *ago);
                let booking = wish.booking(office, *when, label);
                Command::BookAppointment(Booking { ticket, ..booking })
            }
            Self::CheckIn(ago) => Command::CheckIn(CheckIn::Ticket(taken(office, *ago))),
            Self::Come(n) => {
                let ticket = nth(office, *n, |state| *state == TicketState::Booked);
                Command::CheckIn(CheckIn::Ticket(ticket))
            }
            Self::Type(ago, typed) => {
                let ticket = taken(office, *ago);
                Command::CheckIn(CheckIn::Code(typed.by(office, ticket)))
            }
        }
    }
}

impl Wish {
    fn ticket(&self, office: &mut TestOffice) -> IssueTicket {
        IssueTicket {
            needs: self.needs.clone(),
            persons: self.persons,
            priority: self.priority,
            source: self.source,
            ..office.wish(&self.services)
        }
    }

    fn booking(&self, office: &mut TestOffice, when: When, label: &Label) -> Booking {
        let soon = office.now().as_second() + when * 60;
        let at = Timestamp::from_second(soon - soon.rem_euclid(SLOT_SECS)).expect("a time");
        let booking = office.booking(at, &self.services);
        let (number, code) = match label {
            Label::Own => (booking.number, booking.code),
            Label::Bare => (booking.number, None),
            Label::OfSeries(n) => (format!("A{n:03}"), None),
            Label::Daily(n) => (format!("D{n}"), Some(format!("pin {n}"))),
            Label::Nonsense(text) => ((*text).to_owned(), Some((*text).to_owned())),
        };
        Booking {
            number,
            code,
            needs: self.needs.clone(),
            persons: self.persons,
            priority: self.booked_priority(),
            ..booking
        }
    }

    /// What the centre gives, unless it says otherwise.
    fn booked_priority(&self) -> Priority {
        match self.priority {
            Priority::FIRST => Priority::FIRST,
            _ if self.persons == 3 => Priority::WALK_IN,
            _ => Priority::APPOINTMENT,
        }
    }
}

impl Typed {
    fn by(self, office: &TestOffice, ticket: TicketId) -> String {
        let held = office.state.ticket(ticket);
        let number = held.map_or_else(|| "T001".to_owned(), |held| held.number.label.clone());
        let appointment = held.and_then(|held| held.appointment.as_ref());
        let code = appointment.and_then(|appointment| appointment.code.clone());
        match self {
            Self::Number => number,
            Self::Code => code.unwrap_or(number),
            Self::Sloppily => format!(" {} ", code.unwrap_or(number).to_lowercase()),
            Self::Nonsense => format!("?\u{7}{:?}", id(0)),
        }
    }
}

pub(super) fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        16 => wish().prop_map(Press::Take),
        1 => ago().prop_map(Press::TakeAgain),
        6 => (wish(), when(), label()).prop_map(|(wish, when, label)| Press::Book(wish, when, label)),
        2 => (ago(), wish(), when(), label())
            .prop_map(|(ago, wish, when, label)| Press::Rebook(ago, wish, when, label)),
        2 => ago().prop_map(Press::CheckIn),
        5 => any::<u8>().prop_map(|n| Press::Come(n.into())),
        3 => (ago(), typed()).prop_map(|(ago, typed)| Press::Type(ago, typed)),
    ]
}

fn wish() -> impl Strategy<Value = Wish> {
    (services(), priority(), needs(), persons(), source()).prop_map(
        |(services, priority, needs, persons, source)| Wish {
            services,
            priority,
            needs,
            persons,
            source,
        },
    )
}

pub(super) fn priority() -> impl Strategy<Value = Priority> {
    prop_oneof![
        6 => Just(Priority::WALK_IN),
        2 => Just(Priority::APPOINTMENT),
        1 => Just(Priority::FIRST),
    ]
}

pub(super) fn needs() -> impl Strategy<Value = BTreeSet<Need>> {
    let one = proptest::sample::select(vec![
        Need::LoweredCounter,
        Need::InductionLoop,
        Need::SignLanguage,
    ]);
    prop_oneof![
        4 => Just(BTreeSet::new()),
        2 => one.prop_map(|need| BTreeSet::from([need])),
        1 => Just(BTreeSet::from([Need::LoweredCounter, Need::InductionLoop])),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    proptest::sample::select(vec![
        Source::Kiosk,
        Source::Kiosk,
        Source::Phone,
        Source::Counter,
        Source::Centre,
        Source::Offline,
    ])
}

/// Mostly soon, some were due already, some are on one of the next days.
fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        6 => 0..90_i64,
        2 => -60..0_i64,
        1 => 90..900_i64,
        2 => 900..4_400_i64,
    ]
}

fn label() -> impl Strategy<Value = Label> {
    prop_oneof![
        6 => Just(Label::Own),
        1 => Just(Label::Bare),
        1 => (1..14_u32).prop_map(Label::OfSeries),
        2 => (1..4_u32).prop_map(Label::Daily),
        1 => proptest::sample::select(vec!["", "-", "\n", "d 1", "Ä\u{301}ß"]).prop_map(Label::Nonsense),
    ]
}

fn typed() -> impl Strategy<Value = Typed> {
    any::<u8>().prop_map(|n| match n % 4 {
        0 => Typed::Number,
        1 => Typed::Code,
        2 => Typed::Sloppily,
        _ => Typed::Nonsense,
    })
}
