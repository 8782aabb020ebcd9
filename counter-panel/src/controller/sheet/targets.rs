//! Where a visit can be sent, and where the clerk can go over to.

use aufruf_protocol::latest::{CounterKey, CounterMode, CounterRow, Target, TicketId};

use super::choices::Choice;
use super::{Detail, Sheet, Word};
use crate::controller::{Controller, Order};

impl Controller {
    /// Queues, then counters where somebody serves, then the clerks by name.
    pub(super) fn targets(&self, ticket: TicketId) -> Vec<Choice> {
        let choice = |to: Target, detail| {
            let word = Word::Own(self.name_of_target(&to));
            let note = String::new();
            Choice::opens(word, Sheet::Letter { ticket, to, note }).detailed(detail)
        };
        let queues = self.office().map(|office| office.queues.iter());
        let queues = queues.into_iter().flatten().map(|queue| {
            let queue = queue.key.clone();
            let waiting = self.waiting_in(&queue);
            choice(Target::Queue { queue }, Detail::Waiting(waiting))
        });
        let here = self.running().map(|visit| visit.id) == Some(ticket);
        let serving = || {
            let rows = self.counter_rows();
            rows.into_iter().filter(move |row| {
                row.mode != CounterMode::Closed && !(here && Some(&row.counter) == self.counter())
            })
        };
        let counters = serving().map(|row| {
            let detail = self.of_counter(row);
            let counter = row.counter.clone();
            choice(Target::Counter { counter }, detail)
        });
        let clerks = serving().filter_map(|row| {
            let at = Detail::Own(self.name_of_counter(&row.counter));
            let clerk = row.clerk.clone()?;
            Some(choice(Target::Clerk { clerk }, at))
        });
        queues.chain(counters).chain(clerks).collect()
    }

    /// Counters that are closed, for the clerk and the visit that runs.
    pub(super) fn free_counters(&self) -> Vec<Choice> {
        let Some(from) = self.counter() else {
            return Vec::new();
        };
        let rows = self.counter_rows().into_iter();
        let free = rows.filter(|row| row.mode == CounterMode::Closed && &row.counter != from);
        let choice = |row: &CounterRow| {
            let to = row.counter.clone();
            let word = Word::Own(self.name_of_counter(&to));
            let detail = Detail::Own(self.way_to(&to));
            let from = from.clone();
            Choice::sends(word, Order::MoveCounter { from, to }).detailed(detail)
        };
        free.map(choice).collect()
    }

    fn of_counter(&self, row: &CounterRow) -> Detail {
        match (&row.clerk, row.mode) {
            _ if Some(&row.counter) == self.counter() => Detail::ThisCounter,
            (_, CounterMode::Paused) => Detail::AtBreak,
            (Some(clerk), _) => Detail::Own(clerk.clone()),
            (None, _) => Detail::None,
        }
    }

    /// In the office's order of counters.
    fn counter_rows(&self) -> Vec<&CounterRow> {
        let (Some(office), Some(panel)) = (self.office(), self.mirror.panel()) else {
            return Vec::new();
        };
        let row = |key: &CounterKey| panel.counter(key);
        let counters = office.counters.iter();
        counters.filter_map(|counter| row(&counter.key)).collect()
    }
}
