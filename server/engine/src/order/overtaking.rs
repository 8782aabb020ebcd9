//! Who is overtaken when somebody is called: those who came before, could have gone to that counter,
//! and wait on.

use jiff::Timestamp;

use super::skills::Choice;
use super::survey::Stance;
use crate::{Counter, Line, State, Ticket, TicketId};

/// The walk-ins whom `called` goes before at `counter`. Nobody is overtaken by an appointment, by
/// somebody with a better priority, or at a counter that would only help out.
pub(crate) fn overtaken_by(
    state: &State,
    counter: &Counter,
    called: &Ticket,
    now: Timestamp,
) -> Vec<TicketId> {
    let mut overtaken = Vec::new();
    let Some(office) = state.office() else {
        return overtaken;
    };
    if called.appointment.is_some() || called.has_given_priority() {
        return overtaken;
    }
    let desk = super::desk_of(state, office, counter, now);
    for queue in &office.queues {
        let Some(line) = state.lines.get(&queue.key).filter(|line| !line.is_empty()) else {
            continue;
        };
        let skills = super::Skills::of(office, counter, queue);
        for (class, members) in Line::classes(line) {
            let mut before = members.range(..(called.place, called.id)).peekable();
            if before.peek().is_none()
                || !matches!(
                    desk.stance(queue, class, &skills),
                    Stance::Takes(Choice::Own)
                )
            {
                continue;
            }
            let before = before.map(|(_, id)| &state.tickets[id]);
            overtaken.extend(
                before
                    .filter(|one| one.can_be_overtaken(now))
                    .map(|one| one.id),
            );
        }
    }
    overtaken
}

impl Ticket {
    /// Whether it is a walk-in who could be called at `now`.
    fn can_be_overtaken(&self, now: Timestamp) -> bool {
        let pause = self.state.pause();
        let is_away = pause.is_some_and(|pause| pause.until > now);
        self.appointment.is_none() && !is_away && self.place.at <= now
    }
}
