//! A small office, its visits played by chance, and a store in a folder of its own.

mod disk;
mod office;

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    Actor, Booking, ChangeTicket, CheckIn, Command, Finish, IssueTicket, Language, Priority,
    Promise, Record, Source, State, TicketId, VisitResult, step,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

pub(crate) use disk::{Folder, answer, assert_disk_equals, batch, commit, until};
use office::{clerk, emergency, needs, office, queue, services, target};
pub(crate) use office::{counter, id};

/// A wish of somebody in the office; the figures choose which ticket or counter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish {
    Issue(u8),
    Open(u8),
    Close(u8),
    Next(u8),
    Call(u8, u8),
    Recall(u8),
    Start(u8),
    Finish(u8),
    Miss(u8),
    Requeue(u8),
    /// So many quarters of an hour from now, so also tomorrow.
    Book(u8),
    /// Another time for an appointment that is known.
    BookAnew(u8, u8),
    CheckIn(u8),
    Pause(u8),
    Move(u8),
    PickUp(u8),
    Park(u8),
    Resume(u8, u8),
    Transfer(u8, u8),
    PausePlace(u8),
    ResumePlace(u8),
    Change(u8, u8),
    Cancel(u8),
    Undo(u8),
    Lock(u8),
    Unlock,
    Emergency(u8, u8),
    /// The plan has no room for one of the services, or for none.
    SellOut(u8),
    /// Minutes go by; enough of them and the day ends.
    Wait(u16),
    ChangeOffice,
}

/// Wishes as they come in an office, the common ones more often.
pub(crate) fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        20 => any_common_wish(),
        12 => any_rarer_wish(),
        1 => (0..700_u16).prop_map(Wish::Wait),
        1 => Just(Wish::ChangeOffice),
    ]
}

fn any_common_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => any::<u8>().prop_map(Wish::Issue),
        3 => any::<u8>().prop_map(Wish::Open),
        1 => any::<u8>().prop_map(Wish::Close),
        5 => any::<u8>().prop_map(Wish::Next),
        1 => any::<(u8, u8)>().prop_map(|(ticket, counter)| Wish::Call(ticket, counter)),
        2 => any::<u8>().prop_map(Wish::Recall),
        2 => any::<u8>().prop_map(Wish::Start),
        3 => any::<u8>().prop_map(Wish::Finish),
        2 => any::<u8>().prop_map(Wish::Miss),
        2 => any::<u8>().prop_map(Wish::Requeue),
        4 => any::<u8>().prop_map(Wish::Undo),
    ]
}

fn any_rarer_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        3 => any::<u8>().prop_map(Wish::Book),
        1 => any::<(u8, u8)>().prop_map(|(ticket, at)| Wish::BookAnew(ticket, at)),
        2 => any::<u8>().prop_map(Wish::CheckIn),
        1 => any::<u8>().prop_map(Wish::Pause),
        1 => any::<u8>().prop_map(Wish::Move),
        1 => any::<u8>().prop_map(Wish::PickUp),
        1 => any::<u8>().prop_map(Wish::Park),
        1 => any::<(u8, u8)>().prop_map(|(ticket, counter)| Wish::Resume(ticket, counter)),
        3 => any::<(u8, u8)>().prop_map(|(ticket, to)| Wish::Transfer(ticket, to)),
        1 => any::<u8>().prop_map(Wish::PausePlace),
        1 => any::<u8>().prop_map(Wish::ResumePlace),
        1 => any::<(u8, u8)>().prop_map(|(ticket, to)| Wish::Change(ticket, to)),
        1 => any::<u8>().prop_map(Wish::Cancel),
        1 => any::<u8>().prop_map(Wish::Lock),
        1 => Just(Wish::Unlock),
        1 => any::<(u8, u8)>().prop_map(|(counter, step)| Wish::Emergency(counter, step)),
        1 => any::<u8>().prop_map(Wish::SellOut),
    ]
}

/// The engine's side: a state, and the clock.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    tickets: u128,
    offices: u64,
}

impl Desk {
    /// An office that has not opened a day yet.
    pub(crate) fn new() -> Self {
        let now = "2026-11-23T07:00:00Z".parse().expect("a Monday morning");
        Self {
            state: State::default(),
            now,
            tickets: 0,
            offices: 0,
        }
    }

    /// An office that goes on with this state at this time.
    pub(crate) fn going_on(state: State, now: &str) -> Self {
        Self {
            state,
            now: now.parse().expect("a time"),
            tickets: 1000,
            offices: 1000,
        }
    }

    /// The records that open the first day.
    pub(crate) fn opens(&mut self) -> Vec<Record> {
        self.asks(Wish::ChangeOffice)
    }

    /// The records that a wish leads to; none where it is refused.
    pub(crate) fn asks(&mut self, wish: Wish) -> Vec<Record> {
        self.now += SignedDuration::from_millis(1234);
        let command = self.command(wish);
        step(&mut self.state, &command, &Actor::new("panel-1"), self.now).unwrap_or_default()
    }

    /// The records of a command that is not refused.
    #[track_caller]
    pub(crate) fn does(&mut self, command: &Command) -> Vec<Record> {
        self.now += SignedDuration::from_millis(1234);
        let done = step(&mut self.state, command, &Actor::new("panel-1"), self.now);
        done.expect("the engine says yes")
    }

    /// `count` people who take a ticket, a wish each.
    pub(crate) fn issues(&mut self, count: u8) -> Vec<Record> {
        (0..count).flat_map(|n| self.asks(Wish::Issue(n))).collect()
    }

    fn command(&mut self, wish: Wish) -> Command {
        match wish {
            Wish::Issue(n) => self.issue(n),
            Wish::Open(n) => Command::OpenCounter {
                counter: counter(n),
                clerk: n.is_multiple_of(3).then(|| clerk(n)),
            },
            Wish::Pause(n) => Command::PauseCounter {
                counter: counter(n),
            },
            Wish::Close(n) => Command::CloseCounter {
                counter: counter(n),
            },
            Wish::Move(n) => Command::MoveCounter {
                from: counter(n),
                to: counter(n.wrapping_add(1)),
            },
            Wish::Next(n) => Command::CallNext {
                counter: counter(n),
            },
            Wish::Wait(minutes) => {
                self.now += SignedDuration::from_mins(i64::from(minutes));
                Command::TimePassed
            }
            Wish::ChangeOffice => {
                self.offices += 1;
                Command::UseOffice {
                    office: Arc::new(office(self.offices)),
                }
            }
            Wish::Lock(n) => Command::LockQueues {
                queues: [queue(n)].into(),
                notice: "Closed for a fire drill".to_owned(),
            },
            Wish::Unlock => Command::UnlockQueues {
                queues: BTreeSet::new(),
            },
            Wish::Emergency(n, step) => emergency(counter(n), step),
            Wish::SellOut(n) => Command::SellOut {
                services: if n.is_multiple_of(2) {
                    services(n).into_iter().collect()
                } else {
                    BTreeSet::new()
                },
            },
            about_a_visit => self.visit_command(about_a_visit),
        }
    }

    fn visit_command(&mut self, wish: Wish) -> Command {
        match wish {
            Wish::Book(quarters) => {
                self.tickets += 1;
                self.book(self.tickets, quarters)
            }
            Wish::BookAnew(n, quarters) => {
                let known = 1 + u128::from(n) % self.tickets.max(1);
                self.book(known, quarters)
            }
            Wish::Call(n, to) => Command::CallTicket {
                ticket: self.ticket(n),
                counter: counter(to),
            },
            Wish::CheckIn(n) => Command::CheckIn(CheckIn::Ticket(self.ticket(n))),
            Wish::Finish(n) => Command::Finish(Finish {
                ticket: self.ticket(n),
                done: None,
                persons: None,
                result: [VisitResult::Served, VisitResult::NotPossible][usize::from(n % 2)],
            }),
            Wish::Resume(n, to) => Command::Resume {
                ticket: self.ticket(n),
                counter: counter(to),
            },
            Wish::Transfer(n, to) => Command::Transfer {
                ticket: self.ticket(n),
                to: target(to),
            },
            Wish::Change(n, to) => Command::ChangeTicket(ChangeTicket {
                ticket: self.ticket(n),
                services: to.is_multiple_of(2).then(|| services(to)),
                needs: to.is_multiple_of(3).then(BTreeSet::new),
                priority: to.is_multiple_of(5).then_some(Priority::FIRST),
                persons: Some(u32::from(to % 5) + 1),
            }),
            step => self.step_command(step),
        }
    }

    /// A step that needs nothing but the visit; a look at the clock for what is none.
    fn step_command(&self, step: Wish) -> Command {
        match step {
            Wish::Recall(n) => Command::Recall {
                ticket: self.ticket(n),
            },
            Wish::Start(n) => Command::Start {
                ticket: self.ticket(n),
            },
            Wish::Miss(n) => Command::Miss {
                ticket: self.ticket(n),
            },
            Wish::Requeue(n) => Command::Requeue {
                ticket: self.ticket(n),
            },
            Wish::PickUp(n) => Command::PromisePickUp {
                ticket: self.ticket(n),
            },
            Wish::Park(n) => Command::Park {
                ticket: self.ticket(n),
            },
            Wish::PausePlace(n) => Command::PausePlace {
                ticket: self.ticket(n),
                minutes: u32::from(n % 30) + 1,
            },
            Wish::ResumePlace(n) => Command::ResumePlace {
                ticket: self.ticket(n),
            },
            Wish::Cancel(n) => Command::Cancel {
                ticket: self.ticket(n),
            },
            Wish::Undo(n) => Command::Undo {
                ticket: self.undoable(n),
            },
            _ => Command::TimePassed,
        }
    }

    fn issue(&mut self, n: u8) -> Command {
        self.tickets += 1;
        let shown = |mins| self.now + SignedDuration::from_mins(mins);
        let promise = Promise {
            low: shown(5),
            mid: shown(10),
            high: shown(20),
        };
        Command::IssueTicket(IssueTicket {
            ticket: id(self.tickets),
            services: services(n),
            language: Language::new("de"),
            needs: needs(n),
            persons: u32::from(n % 3) + 1,
            priority: Priority::ALL[usize::from(n % 3)],
            source: if n.is_multiple_of(7) {
                Source::Counter
            } else {
                Source::Kiosk
            },
            shown: n.is_multiple_of(2).then_some(promise),
        })
    }

    /// An appointment so many quarters of an hour from now.
    pub(crate) fn book(&self, n: u128, quarters: u8) -> Command {
        let at = self.now + SignedDuration::from_mins(15 * i64::from(quarters));
        Command::BookAppointment(Booking {
            ticket: id(n),
            number: format!("T{n}"),
            code: quarters.is_multiple_of(2).then(|| format!("code-{n}")),
            at,
            services: services(quarters),
            language: Language::new("uk"),
            needs: needs(quarters),
            persons: 2,
            priority: Priority::APPOINTMENT,
            source: Source::Centre,
        })
    }

    /// One of the day's tickets, open or not: mostly one of the latest.
    fn undoable(&self, n: u8) -> TicketId {
        let mut visits: Vec<_> = self.state.tickets().collect();
        visits.sort_by_key(|ticket| std::cmp::Reverse(ticket.since));
        let chosen = visits.get(usize::from(n % 8));
        chosen.map_or(TicketId(uuid::Uuid::nil()), |ticket| ticket.id)
    }

    /// One of the day's open tickets; one that nobody knows where there is none.
    fn ticket(&self, n: u8) -> TicketId {
        let open: Vec<_> = self
            .state
            .tickets()
            .filter(|ticket| !ticket.state.is_final())
            .collect();
        let chosen = usize::from(n).checked_rem(open.len()).map(|n| open[n].id);
        chosen.unwrap_or(TicketId(uuid::Uuid::nil()))
    }
}
