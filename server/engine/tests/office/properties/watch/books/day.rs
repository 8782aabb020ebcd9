//! The day in the books: how it opens, how it closes, and that the engine says the same at any time.

use aufruf_engine::{DaySums, Event, EventSeq, Office, State, TicketId};
use jiff::Timestamp;
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::Books;
use crate::properties::watch::staffed::{Staffed, planned_ms};
use crate::properties::watch::taught::Taught;
use crate::properties::watch::visit::{End, Stand, Visit};
use crate::properties::watch::{sums, taught};

impl Books {
    pub(super) fn expire(&mut self, tickets: &[TicketId], at: Timestamp, office: &Office) {
        // Nobody was served after the day's end, however late somebody noticed that it was over.
        let ended = self.today.map_or(at, |(_, ends_at)| at.min(ends_at));
        for ticket in tickets {
            let visit = self.visits.get_mut(ticket).expect("a visit of today");
            assert!(visit.is_open(), "{visit:?} ends twice");
            visit.expires(ended);
            self.numbers.ends(&visit.number, at, office);
            self.steps.forget(*ticket);
        }
    }

    /// Each visit of the day ends in exactly one way, and the sums are of these.
    pub(super) fn day_closes(
        &mut self,
        expired: &[TicketId],
        told: &DaySums,
        at: Timestamp,
        office: &Office,
    ) -> TestCaseResult {
        self.expire(expired, at, office);
        let open = self.visits.values().find(|visit| visit.is_open());
        prop_assert!(open.is_none(), "{:?} is open for ever", open);
        let (date, _) = self.today.expect("a day is open");
        let queues = sums::of(self.visits.values(), office, date);
        prop_assert_eq!(&told.queues, &queues);
        let taught = taught::of(self.visits.values(), office);
        prop_assert_eq!(Taught::from(&*told.taught), taught);
        prop_assert_eq!(told.alarms, self.staffed.alarms);
        prop_assert_eq!(told.open_ms, self.staffed.open_ms);
        prop_assert_eq!(told.planned_ms, planned_ms(office, date));
        Ok(())
    }

    /// A date comes once, everybody of the day before is gone, and those are expected who booked.
    pub(super) fn day_opens(
        &mut self,
        event: &Event,
        (seq, at): (EventSeq, Timestamp),
        office: &Office,
    ) -> TestCaseResult {
        let Event::DayOpened { date, ends_at, .. } = event else {
            panic!("{event:?} opens no day");
        };
        if let Some((yesterday, _)) = self.today {
            prop_assert!(*date > yesterday, "{} after {}", date, yesterday);
        }
        prop_assert!(*ends_at > at, "{} is over", date);
        self.today = Some((*date, *ends_at));
        self.visits.clear();
        self.locked.clear();
        self.taken.clear();
        self.staffed = Staffed::default();
        self.steps.forget_all();
        for booking in std::mem::take(&mut self.later).into_values() {
            if booking.at.to_zoned(office.zone()).date() >= *date {
                self.is_booked(&booking, seq, office)?;
            }
        }
        Ok(())
    }

    /// The engine says of everybody and every counter what the books say.
    pub(in crate::properties::watch) fn agree_with(&self, state: &State) -> TestCaseResult {
        let (Some(office), now) = (state.office(), state.last_at()) else {
            return Ok(());
        };
        let tickets: Vec<TicketId> = state.tickets().map(|ticket| ticket.id).collect();
        let known: Vec<TicketId> = self.visits.keys().copied().collect();
        prop_assert_eq!(tickets, known, "who is known today");
        for ticket in state.tickets() {
            let differs = self.visits[&ticket.id].differs_from(ticket, now);
            prop_assert!(differs.is_none(), "{}", differs.unwrap_or_default());
        }
        let finished = |visit: &&Visit| matches!(visit.stand, Stand::Ended(End::Finished(_)));
        let finished = self.visits.values().filter(finished).count();
        prop_assert_eq!(u32::try_from(finished), Ok(state.finished()));
        let later: Vec<TicketId> = state.bookings().map(|booking| booking.ticket).collect();
        let known: Vec<TicketId> = self.later.keys().copied().collect();
        prop_assert_eq!(later, known, "who is expected on later days");
        self.agree_on_what_is_sold_out(state, office)?;
        self.desks.agree_with(state, office)
    }
}
