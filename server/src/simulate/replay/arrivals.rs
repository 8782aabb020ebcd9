//! People who report: a walk-in asks for a ticket, an appointment checks in.
//!
//! Pure: no clock, I/O, randomness.

use std::collections::BTreeSet;

use aufruf_engine::{CheckIn, Command, IssueTicket, Priority, Refusal, Source};

use super::super::agenda::Happening;
use super::super::line::Told;
use super::super::seconds::{Second, instant, second_from};
use super::super::visitor::{End, Kind};
use super::super::window::{outlook, window};
use super::{Broken, Replay, appointment_number, language, refused, walk_in_id};

impl Replay<'_> {
    pub(super) fn report(&mut self, now: Second, visitor: usize) -> Result<(), Broken> {
        match self.visitors[visitor].kind {
            Kind::WalkIn => self.take_ticket(now, visitor),
            Kind::Appointment { .. } => self.check_in(now, visitor),
        }
    }

    /// The window is shown first: who reads it decides by it whether to stay.
    fn take_ticket(&mut self, now: Second, visitor: usize) -> Result<(), Broken> {
        let service = self.visitors[visitor].service.clone();
        let outlook = outlook(&self.state, instant(now));
        self.step(
            now,
            &Command::SellOut {
                services: outlook.full.clone(),
            },
        )?;
        let shown = window(&outlook, &self.state, &service, instant(now));
        let ticket = walk_in_id(self.walk_ins_so_far);
        self.walk_ins_so_far += 1;
        let command = Command::IssueTicket(IssueTicket {
            ticket,
            services: vec![service],
            language: language(),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::WALK_IN,
            source: Source::Kiosk,
            shown: Some(shown),
        });
        match self.ask(now, &command) {
            Ok(_) => {
                self.holders.insert(ticket, visitor);
                let visitor = &mut self.visitors[visitor];
                visitor.issued_at = Some(now);
                visitor.promise = Some(Told::of(shown, now));
                Ok(())
            }
            Err(refusal) if turns_away(&refusal) => {
                self.visitors[visitor].end = Some(End::Refused);
                Ok(())
            }
            Err(refusal) => Err(refused(now, &command, refusal)),
        }
    }

    /// As the visitor does it at the kiosk, with the number of the appointment.
    fn check_in(&mut self, now: Second, visitor: usize) -> Result<(), Broken> {
        let number = appointment_number(visitor);
        let command = Command::CheckIn(CheckIn::Code(number));
        let again = match self.ask(now, &command) {
            Ok(_) => {
                self.visitors[visitor].issued_at = Some(now);
                return Ok(());
            }
            Err(Refusal::TooEarly { from }) => second_from(from),
            Err(refusal) => match self.awaited_until(visitor) {
                // Called before coming: that call is waited out first.
                Some(until) if matches!(refusal, Refusal::CalledNow { .. }) => until,
                _ => return Err(refused(now, &command, refusal)),
            },
        };
        self.agenda.add(again, Happening::Reports(visitor));
        Ok(())
    }

    /// Until when a counter waits for somebody who is called.
    fn awaited_until(&self, visitor: usize) -> Option<Second> {
        let mut visits = self.desks.iter().filter_map(|desk| desk.visit);
        let visit = visits.find(|visit| visit.visitor == visitor);
        visit.map(|visit| visit.ends_at)
    }
}

/// Whether the kiosk gives this walk-in no ticket for a reason that the office has. Anything else is
/// a fault of the replay or of the engine.
fn turns_away(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Closed { .. }
            | Refusal::LastTicketGone { .. }
            | Refusal::ContingentUsed { .. }
            | Refusal::SoldOut { .. }
            | Refusal::Locked { .. }
    )
}
