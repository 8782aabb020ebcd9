//! Whether a counter is held back for somebody who has an appointment and is expected any moment.

use jiff::{SignedDuration, Timestamp};

use super::slot::Slotting;
use super::survey::{Desk, Stance};
use crate::line::Class;
use crate::slotting::Expected;
use crate::{Nobody, NobodyReason, Queue, Ticket};

impl<'a> Desk<'a> {
    /// Whether any queue lets counters wait.
    pub(super) fn can_hold(&self) -> bool {
        let mut queues = self.office.queues.iter();
        queues.any(|queue| queue.rules.max_hold_min > 0)
    }

    /// For whom the counter is held back instead of calling that walk-in; none: it is not.
    pub(super) fn held(
        &self,
        slotting: &Slotting<'_, 'a>,
        walk_in: usize,
        waiting: usize,
    ) -> Option<Nobody> {
        let waiting = f64::from(u32::try_from(waiting).unwrap_or(u32::MAX));
        let since = self.could_call_since(slotting);
        let walk_in = &slotting.candidates[walk_in];
        for queue in &self.office.queues {
            for ticket in self.expected_soon(queue, since) {
                let due = ticket.place.at.duration_since(self.now);
                let expected = Expected {
                    due_secs: due.as_secs_f64(),
                    comes: slotting.figures.comes_in_time(due.as_secs_f64()),
                    relief_secs: self.relief(&slotting.figures).secs(self, ticket),
                };
                if slotting.rule.is_worth_holding(&expected, walk_in, waiting) {
                    return Some(Nobody {
                        reason: NobodyReason::Held,
                        next: Some((ticket.id, ticket.place.at)),
                    });
                }
            }
        }
        None
    }

    /// Since when the counter has nobody although somebody waits: so long it is held back already.
    fn could_call_since(&self, slotting: &Slotting<'_, 'a>) -> Timestamp {
        let today = self.state.counter(&self.counter.key);
        let idle = today.and_then(|today| today.idle_since);
        let first = slotting.walk_ins_wait_since();
        let since = idle.max(first).unwrap_or(self.now);
        since.min(self.now)
    }

    /// Whose appointment comes within the time that counters wait, since then, and who is not here yet.
    fn expected_soon<'d>(
        &'d self,
        queue: &'d Queue,
        since: Timestamp,
    ) -> impl Iterator<Item = &'a Ticket> + use<'a, 'd> {
        let wait = SignedDuration::from_mins(i64::from(queue.rules.max_hold_min));
        let until = since.saturating_add(wait).unwrap_or(since);
        let skills = super::Skills::of(self.office, self.counter, queue);
        let booked = self.state.booked(&queue.key);
        let soon = booked
            .skip_while(move |ticket| ticket.place.at <= self.now)
            .take_while(move |ticket| ticket.place.at <= until);
        soon.filter(move |ticket| {
            let stance = self.stance(queue, &Class::of(ticket), &skills);
            ticket.keeps_its_time() && matches!(stance, Stance::Takes(_))
        })
    }
}
