//! Who is next for a counter. The slotting into gaps will build on this one place.

use crate::{Counter, NobodyReason, State, Ticket};

/// The first in the order of places whom this counter can serve: one person's place counts across
/// all queues. Ties cannot be: no two tickets have the same place.
pub fn next_ticket<'a>(state: &'a State, counter: &Counter) -> Result<&'a Ticket, NobodyReason> {
    let firsts = state.lines.keys().filter_map(|queue| {
        state
            .line(queue)
            .find(|ticket| counter.offers(&ticket.services))
    });
    let nobody = || {
        if state
            .lines
            .values()
            .all(std::collections::BTreeSet::is_empty)
        {
            NobodyReason::NobodyWaiting
        } else {
            NobodyReason::OtherSkills
        }
    };
    firsts.min_by_key(|ticket| ticket.place).ok_or_else(nobody)
}
