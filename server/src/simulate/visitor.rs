//! Somebody who comes, or does not: what only the replay knows of them, and what has become of them.
//!
//! Pure: no clock.

use aufruf_engine::ServiceKey;

use super::day::{Appointment, Day, WalkIn};
use super::line::{CallInVain, Line, Outcome, Told};
use super::seconds::Second;

/// One visitor. Appointments come first, then walk-ins, each in the order of the file.
#[derive(Debug)]
pub(super) struct Visitor<'d> {
    id: &'d str,
    pub(super) service: ServiceKey,
    pub(super) kind: Kind,
    /// When the person comes; none: never.
    pub(super) arrives: Option<Second>,
    /// The last second at which a walk-in is still there; none: stays.
    leaves_after: Option<Second>,
    pub(super) takes_s: i64,
    pub(super) issued_at: Option<Second>,
    pub(super) promise: Option<Told>,
    pub(super) missed_calls: Vec<CallInVain>,
    pub(super) end: Option<End<'d>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Appointment { at: Second },
    WalkIn,
}

/// How a visit ended that the office saw end.
#[derive(Debug, Clone, Copy)]
pub(super) enum End<'d> {
    Refused,
    Served {
        counter: &'d str,
        called_at: Second,
        finished_at: Second,
    },
}

/// Everybody of the day.
pub(super) fn of(day: &Day) -> Vec<Visitor<'_>> {
    let appointments = day.appointments.iter().map(Visitor::with_appointment);
    appointments
        .chain(day.walk_ins.iter().map(Visitor::walk_in))
        .collect()
}

impl<'d> Visitor<'d> {
    fn with_appointment(one: &'d Appointment) -> Self {
        let kind = Kind::Appointment { at: one.at };
        let visitor = Self::new(&one.id, &one.service, kind);
        Self {
            arrives: one.arrives,
            takes_s: one.takes_s,
            ..visitor
        }
    }

    fn walk_in(one: &'d WalkIn) -> Self {
        let visitor = Self::new(&one.id, &one.service, Kind::WalkIn);
        Self {
            arrives: Some(one.arrives),
            leaves_after: one.patience_s.map(|patience| one.arrives + patience),
            takes_s: one.takes_s,
            ..visitor
        }
    }

    fn new(id: &'d str, service: &str, kind: Kind) -> Self {
        Self {
            id,
            service: ServiceKey::new(service),
            kind,
            arrives: None,
            leaves_after: None,
            takes_s: 0,
            issued_at: None,
            promise: None,
            missed_calls: Vec::new(),
            end: None,
        }
    }

    /// Whether the person comes when called at `now`.
    pub(super) fn is_here(&self, now: Second) -> bool {
        let has_come = self.arrives.is_some_and(|arrives| arrives <= now);
        let has_left = self.leaves_after.is_some_and(|last| last < now);
        has_come && !has_left
    }

    /// What is written of the visitor after the day.
    ///
    /// # Errors
    /// The visitor's id, where nobody has seen to them.
    pub(super) fn into_line(self) -> Result<Line, String> {
        let id = self.id.to_owned();
        let outcome = match (self.end, self.kind) {
            (Some(End::Served { .. }), _) => Outcome::Served,
            (Some(End::Refused), _) => Outcome::Refused,
            (None, Kind::WalkIn) if !self.missed_calls.is_empty() => Outcome::Abandoned,
            (None, Kind::Appointment { .. }) if self.arrives.is_none() => Outcome::NoShow,
            (None, _) => return Err(id),
        };
        let line = Line {
            id,
            outcome,
            issued_at: self.issued_at,
            called_at: None,
            counter: None,
            finished_at: None,
            promise: self.promise,
            missed_calls: self.missed_calls,
        };
        Ok(match self.end {
            Some(End::Served {
                counter,
                called_at,
                finished_at,
            }) => Line {
                called_at: Some(called_at),
                counter: Some(counter.to_owned()),
                finished_at: Some(finished_at),
                ..line
            },
            Some(End::Refused) | None => line,
        })
    }
}
