//! The replay itself: one second after the other, until nothing is left to happen.
//!
//! Owns the state and the agenda. Every change goes through [`aufruf_engine::step`].
//!
//! Pure: no clock, I/O, randomness.

mod arrivals;
mod counters;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aufruf_engine::{
    Actor, Booking, Command, Language, Office, Priority, Record, Refusal, Source, State, TicketId,
    step,
};
use thiserror::Error;
use uuid::Uuid;

use super::agenda::{Agenda, Happening};
use super::day::Day;
use super::desk::Desk;
use super::line::Line;
use super::seconds::{MIDNIGHT, Second, instant, second_from};
use super::visitor::{self, Kind, Visitor};

/// Why a sound day could not be replayed to its end.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Broken {
    #[error(
        "at second {second} the engine refused {command}, which a replay may ask for: {refusal}"
    )]
    Refused {
        second: i64,
        command: &'static str,
        refusal: Refusal,
    },
    #[error("at second {second} counter {counter} was told that it calls somebody, but not whom")]
    CalledNobody { second: i64, counter: String },
    #[error(
        "{count} visitors were neither served nor refused when the day ended at second {second}, {first:?} first; does the day leave time for them before midnight?"
    )]
    LeftOver {
        count: usize,
        first: String,
        second: i64,
    },
}

/// A day on its way.
#[derive(Debug)]
pub(super) struct Replay<'d> {
    day: &'d Day,
    office: Arc<Office>,
    state: State,
    by: Actor,
    agenda: Agenda,
    desks: Vec<Desk<'d>>,
    visitors: Vec<Visitor<'d>>,
    /// Whose ticket it is.
    holders: BTreeMap<TicketId, usize>,
    /// Walk-ins that have come.
    walk_ins_so_far: u64,
}

impl<'d> Replay<'d> {
    pub(super) fn new(day: &'d Day, office: Office) -> Self {
        let counters = day.counters.iter();
        let mut replay = Self {
            day,
            office: Arc::new(office),
            state: State::default(),
            by: Actor::new("simulation"),
            agenda: Agenda::default(),
            desks: counters.map(|counter| Desk::of(day, counter)).collect(),
            visitors: visitor::of(day),
            holders: BTreeMap::new(),
            walk_ins_so_far: 0,
        };
        for (index, desk) in replay.desks.iter().enumerate() {
            for second in desk.roster.changes() {
                replay.agenda.add(second, Happening::Shift(index));
            }
        }
        for (index, visitor) in replay.visitors.iter().enumerate() {
            if let Some(arrives) = visitor.arrives {
                replay.agenda.add(arrives, Happening::Reports(index));
            }
        }
        replay
    }

    /// Lets the whole day happen.
    pub(super) fn run(mut self) -> Result<Vec<Line>, Broken> {
        let last = self.play_until(MIDNIGHT - 1)?;
        self.into_lines(last)
    }

    /// The state when everything up to `second` has happened.
    pub(super) fn state_at(mut self, second: Second) -> Result<State, Broken> {
        self.play_until(second)?;
        Ok(self.state)
    }

    /// Lets everything happen up to the second `end`. Says when something happened last.
    fn play_until(&mut self, end: Second) -> Result<Second, Broken> {
        self.open_day()?;
        let mut last = 0;
        while let Some(now) = self.next_second().filter(|next| *next <= end) {
            last = now;
            self.let_time_pass(now)?;
            while let Some(happening) = self.agenda.take(now) {
                self.happen(now, happening)?;
            }
            self.call_to_free_counters(now)?;
        }
        Ok(last)
    }

    /// Everything that the engine knows beforehand: the office, and which appointments there are.
    fn open_day(&mut self) -> Result<(), Broken> {
        let office = Arc::clone(&self.office);
        self.step(0, &Command::UseOffice { office })?;
        for index in 0..self.visitors.len() {
            let Kind::Appointment { at } = self.visitors[index].kind else {
                continue;
            };
            let ticket = appointment_id(index);
            let booking = Booking {
                ticket,
                number: appointment_number(index),
                code: None,
                at: instant(at),
                services: vec![self.visitors[index].service.clone()],
                language: language(),
                needs: BTreeSet::new(),
                persons: 1,
                priority: Priority::APPOINTMENT,
                source: Source::Centre,
            };
            self.step(0, &Command::BookAppointment(booking))?;
            self.holders.insert(ticket, index);
        }
        Ok(())
    }

    /// When something happens, or the engine wants to do what is due.
    fn next_second(&self) -> Option<Second> {
        let next = self.agenda.next_second()?;
        let deadline = self.state.next_deadline().map(second_from);
        Some(deadline.map_or(next, |deadline| deadline.min(next)))
    }

    fn let_time_pass(&mut self, now: Second) -> Result<(), Broken> {
        let deadline = self.state.next_deadline();
        if deadline.is_some_and(|deadline| deadline <= instant(now)) {
            self.step(now, &Command::TimePassed)?;
        }
        Ok(())
    }

    fn happen(&mut self, now: Second, happening: Happening) -> Result<(), Broken> {
        match happening {
            Happening::VisitEnds(desk) => self.end_visit(now, desk),
            Happening::Reports(visitor) => self.report(now, visitor),
            Happening::Shift(desk) => self.follow_roster(now, desk),
            // Free counters are asked after everything else of this second.
            Happening::WakeUp => Ok(()),
        }
    }

    /// A command that may be refused for reasons that a visitor or a clerk is told.
    fn ask(&mut self, now: Second, command: &Command) -> Result<Vec<Record>, Refusal> {
        step(&mut self.state, command, &self.by, instant(now))
    }

    /// A command that is never refused on a sound day.
    fn step(&mut self, now: Second, command: &Command) -> Result<Vec<Record>, Broken> {
        let asked = self.ask(now, command);
        asked.map_err(|refusal| refused(now, command, refusal))
    }

    fn into_lines(self, last: Second) -> Result<Vec<Line>, Broken> {
        let (mut lines, mut left) = (Vec::new(), Vec::new());
        for visitor in self.visitors {
            match visitor.into_line() {
                Ok(line) => lines.push(line),
                Err(id) => left.push(id),
            }
        }
        match left.first() {
            None => Ok(lines),
            Some(first) => Err(Broken::LeftOver {
                count: left.len(),
                first: first.clone(),
                second: last,
            }),
        }
    }
}

fn refused(second: Second, command: &Command, refusal: Refusal) -> Broken {
    Broken::Refused {
        second,
        command: command.name(),
        refusal,
    }
}

/// Ids say nothing of what is still to come: where an appointment stands in the file is known
/// beforehand, and which walk-in this is, when it comes.
fn appointment_id(index: usize) -> TicketId {
    TicketId(Uuid::from_u64_pair(1, index as u64))
}

fn walk_in_id(so_far: u64) -> TicketId {
    TicketId(Uuid::from_u64_pair(2, so_far))
}

/// With letters that no series has.
fn appointment_number(index: usize) -> String {
    format!("T{:05}", index + 1)
}

fn language() -> Language {
    Language::new("de")
}
