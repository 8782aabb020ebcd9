//! A day that is prepared for a measurement.

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    Actor, Booking, CheckIn, Command, Finish, IssueTicket, Language, Need, Priority, QueueKey,
    Record, Source, State, TicketId, VisitResult, step,
};
use jiff::{SignedDuration, Timestamp};

use super::house::{COUNTERS, counter, office, service};

pub(crate) struct Day {
    pub(crate) state: State,
    pub(crate) records: Vec<Record>,
    pub(crate) now: Timestamp,
    tickets: u64,
}

impl Day {
    /// A Monday morning at eight; every counter is open.
    pub(crate) fn opens() -> Self {
        let mut day = Self {
            state: State::default(),
            records: Vec::new(),
            now: Timestamp::from_second(1_795_417_200).expect("a Monday in November 2026"),
            tickets: 0,
        };
        let office = Arc::new(office());
        day.does(&Command::UseOffice { office });
        for n in 0..COUNTERS {
            let counter = counter(n);
            day.does(&Command::OpenCounter {
                counter,
                clerk: None,
            });
        }
        day
    }

    /// People of all kinds: of three priorities, some with needs or several services, some away,
    /// a third with appointments, and of these some before their time.
    pub(crate) fn everybody_waits(&mut self, people: u64) {
        for n in 0..people {
            match n % 6 {
                0 | 1 => self.somebody_with_an_appointment_comes(n),
                2 => self.somebody_goes_away(n),
                _ => {
                    self.comes(n);
                }
            }
            if n % 10 == 0 {
                self.now += SignedDuration::from_secs(60);
            }
        }
    }

    /// All of them need what most counters have not.
    pub(crate) fn everybody_has_a_need(&mut self, people: u64) {
        for _ in 0..people {
            let ticket = self.new_ticket();
            let wish = IssueTicket {
                needs: BTreeSet::from([Need::InductionLoop]),
                ..walk_in(ticket, 0)
            };
            self.does(&Command::IssueTicket(wish));
        }
    }

    /// As many come and are served as are wanted; none of them waits in the end.
    pub(crate) fn visitors_are_served(&mut self, people: u64) {
        for n in 0..people {
            let ticket = self.new_ticket();
            self.does(&Command::IssueTicket(walk_in(ticket, 0)));
            for command in visit(ticket) {
                self.does(&command);
            }
            if n % 50 == 0 {
                self.now += SignedDuration::from_secs(1);
            }
        }
    }

    /// People with appointments in half an hour, who are not here yet.
    pub(crate) fn are_expected(&mut self, people: u64) -> Vec<TicketId> {
        let booked = (0..people).map(|n| self.books(n, 30));
        booked.collect()
    }

    fn comes(&mut self, n: u64) -> TicketId {
        let ticket = self.new_ticket();
        self.does(&Command::IssueTicket(walk_in(ticket, n)));
        ticket
    }

    fn somebody_goes_away(&mut self, n: u64) {
        let ticket = self.comes(n);
        let minutes = 20;
        self.does(&Command::PausePlace { ticket, minutes });
    }

    fn somebody_with_an_appointment_comes(&mut self, n: u64) {
        let in_minutes = i64::try_from(n % 50).expect("minutes") - 5;
        let ticket = self.books(n, in_minutes);
        self.does(&Command::CheckIn(CheckIn::Ticket(ticket)));
    }

    fn books(&mut self, n: u64, in_minutes: i64) -> TicketId {
        let ticket = self.new_ticket();
        self.does(&Command::BookAppointment(Booking {
            ticket,
            number: format!("T{}", self.tickets),
            code: Some(format!("code {}", self.tickets)),
            at: self.now + SignedDuration::from_mins(in_minutes),
            services: vec![service(n % 60)],
            language: Language::new("de"),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::APPOINTMENT,
            source: Source::Centre,
        }));
        ticket
    }

    fn new_ticket(&mut self) -> TicketId {
        self.tickets += 1;
        TicketId(uuid::Uuid::from_u64_pair(0, self.tickets))
    }

    pub(crate) fn does(&mut self, command: &Command) {
        let done = step(&mut self.state, command, &Actor::new("bench"), self.now);
        let done = done.expect("the office does what a bench asks");
        self.records.extend(done);
    }
}

/// Called to the first counter, served and gone.
pub(crate) fn visit(ticket: TicketId) -> [Command; 3] {
    let counter = counter(0);
    [
        Command::CallTicket { ticket, counter },
        Command::Start { ticket },
        Command::Finish(Finish {
            ticket,
            done: None,
            persons: None,
            result: VisitResult::Served,
        }),
    ]
}

/// The `n`-th of a crowd: every fifth came for two things, every tenth has a need.
pub(crate) fn walk_in(ticket: TicketId, n: u64) -> IssueTicket {
    let mut services = vec![service(n % 60)];
    if n % 5 == 4 {
        services.push(service((n + 7) % 60));
    }
    let mut needs = BTreeSet::new();
    if n % 10 == 9 {
        needs.insert(Need::LoweredCounter);
    }
    let priority = u8::try_from(1 + n % 3).expect("1, 2 or 3");
    IssueTicket {
        ticket,
        services,
        language: Language::new("de"),
        needs,
        persons: 1,
        priority: Priority::try_from(priority).expect("1, 2 or 3"),
        source: Source::Kiosk,
        shown: None,
    }
}

pub(crate) fn first_queue() -> QueueKey {
    QueueKey::new("queue-0")
}
