//! Appointments and walk-ins who are slotted in: whom the rule may choose, and what it tells of it.
//!
//! Which of these does best is the engine's to weigh; that nobody is passed over too often, and that
//! the reason is the truth, is checked here.

use aufruf_engine::{TicketId, Why};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::calls::Call;
use super::takeable::{Asks, Takeable};

impl Asks<'_> {
    /// Staff put nobody before others and nobody waits too long: places and times decide.
    pub(super) fn is_slotted_in(
        &self,
        called: &Takeable<'_>,
        due: &[Takeable<'_>],
        call: &Call<'_>,
    ) -> TestCaseResult {
        let walks_in = |one: &&Takeable<'_>| !one.visit.keeps_its_time();
        let takeable = self.takeable();
        let appointments = takeable.iter().filter(|one| self.is_in_question(one));
        let appointments: Vec<&Takeable<'_>> = appointments.collect();
        if called.visit.keeps_its_time() {
            let has_walk_ins = due.iter().any(|one| walks_in(&one));
            prop_assert!(self.is_in_question(called), "{:?} is too early", called);
            let first = appointments.iter().map(|one| one.stands()).min();
            prop_assert!(has_walk_ins || first == Some(called.stands()));
            prop_assert_eq!(call.why, self.told_of_appointment(called, due));
            return Ok(());
        }
        prop_assert!(called.place.at <= self.now, "{:?} is too early", called);
        let choice = due.iter().filter(walks_in).map(Takeable::helps_out).min();
        prop_assert_eq!(Some(called.helps_out()), choice, "helps out only");
        let peers = due.iter().filter(walks_in);
        let peers = peers.filter(|one| Some(one.helps_out()) == choice);
        let before: Vec<&Takeable<'_>> =
            peers.filter(|one| one.stands() < called.stands()).collect();
        let mut before_for_the_same = before
            .iter()
            .filter(|one| one.visit.services == called.visit.services);
        prop_assert!(
            before_for_the_same.next().is_none(),
            "{:?} before {:?} for the same",
            called,
            before
        );
        self.overtakes_nobody_too_often(call)?;
        let passed = appointments.into_iter().min_by_key(|one| one.stands());
        let told = if !before.is_empty() {
            let overtaken = u32::try_from(call.overtook.len()).expect("few");
            Why::ShorterFirst { overtaken }
        } else if let Some(passed) = passed {
            let at = agreed(passed);
            Why::FitsBefore { at }
        } else {
            told_of_first(called, due)
        };
        prop_assert_eq!(call.why, told);
        Ok(())
    }

    /// An appointment that is due, or so soon that it may go before walk-ins.
    pub(super) fn is_in_question(&self, one: &Takeable<'_>) -> bool {
        let queue = self.office.queue(&one.visit.queue).expect("of the office");
        let early = SignedDuration::from_mins(i64::from(queue.rules.early_call_min));
        let due_in = one.place.at.duration_since(self.now);
        one.visit.keeps_its_time() && (due_in <= SignedDuration::ZERO || due_in <= early)
    }

    fn told_of_appointment(&self, called: &Takeable<'_>, due: &[Takeable<'_>]) -> Why {
        if called.place.at > self.now {
            let at = called.place.at;
            return Why::EarlyAppointment { at };
        }
        let mut longer = due.iter().filter(|one| one.stands() < called.stands());
        if longer.any(|one| !one.visit.keeps_its_time()) {
            let at = agreed(called);
            Why::Appointment { at }
        } else {
            Why::FirstInLine
        }
    }

    /// Only by hand, after too long a wait, in turn and by priority somebody is passed over for whom
    /// it is enough.
    fn overtakes_nobody_too_often(&self, call: &Call<'_>) -> TestCaseResult {
        let most = self.office.rules.overtaken_at_most;
        for overtaken in call.overtook {
            let visit = &self.books.visits[overtaken];
            prop_assert!(visit.overtaken < most, "{:?} is overtaken again", visit);
        }
        Ok(())
    }

    /// Those walk-ins, and no others, who came before, are here, and could have gone to this counter
    /// as to their own.
    pub(super) fn overtakes_those_who_are_told(&self, call: &Call<'_>) -> TestCaseResult {
        let mut told = call.overtook.to_vec();
        told.sort_unstable();
        let called = &self.books.visits[&call.ticket];
        let before = self.overtaken_by(call.ticket);
        prop_assert_eq!(told, before, "those whom {:?} overtakes", called);
        Ok(())
    }

    /// Whom a call of this ticket would overtake, by id.
    fn overtaken_by(&self, ticket: TicketId) -> Vec<TicketId> {
        let visits = &self.books.visits;
        let called = &visits[&ticket];
        if called.agreed_at.is_some() || called.has_given_priority() {
            return Vec::new();
        }
        let before = visits.iter().filter(|(id, visit)| {
            let is_before = (visit.place, **id) < (called.place, ticket);
            is_before && self.can_be_overtaken(visit)
        });
        before.map(|(id, _)| *id).collect()
    }

    /// Who goes instead of this one, who would overtake somebody for whom it is enough.
    pub(super) fn first_overtaken_enough(&self, ticket: TicketId) -> Option<TicketId> {
        let before = self.overtaken_by(ticket);
        let visits = &self.books.visits;
        let most = self.office.rules.overtaken_at_most;
        let is_enough = before.iter().any(|one| visits[one].overtaken >= most);
        let first = before
            .into_iter()
            .min_by_key(|one| (visits[one].place, *one));
        first.filter(|_| is_enough)
    }
}

fn agreed(one: &Takeable<'_>) -> Timestamp {
    one.visit.agreed_at.expect("an appointment")
}

/// The first of its kind: the reason says whether others wait longer for whom the counter only helps
/// out.
fn told_of_first(called: &Takeable<'_>, due: &[Takeable<'_>]) -> Why {
    let mut longer = due.iter().filter(|one| one.stands() < called.stands());
    let has_to_wait = |one: &Takeable<'_>| one.helps_out() && !one.visit.keeps_its_time();
    if !called.helps_out() && longer.any(has_to_wait) {
        Why::OwnService
    } else {
        Why::FirstInLine
    }
}
