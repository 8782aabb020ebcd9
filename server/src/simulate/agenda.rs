//! What is still to come, by second, and in which order one second's happenings are seen to.
//!
//! Pure: no clock.

use std::collections::BTreeSet;

use super::seconds::Second;

/// One thing that happens. In one second they happen in this order, and of a kind in the order of
/// the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    /// The visit at this counter, or the wait for somebody who does not come, is over.
    VisitEnds(usize),
    /// A shift of this counter may have begun or ended. Before people report: who comes with the
    /// opening of the door finds the counters staffed.
    Shift(usize),
    /// This visitor comes, or tries again to report.
    Reports(usize),
    /// The engine named this second: somebody can be called now who could not before.
    WakeUp,
}

/// Everything that is known to happen. The same thing at the same second happens once.
#[derive(Debug, Default)]
pub(super) struct Agenda(BTreeSet<(Second, Happening)>);

impl Agenda {
    pub(super) fn add(&mut self, at: Second, happening: Happening) {
        self.0.insert((at, happening));
    }

    /// The second of the next happening.
    pub(super) fn next_second(&self) -> Option<Second> {
        self.0.first().map(|(at, _)| *at)
    }

    /// Takes what is next, as long as it happens up to `now`.
    pub(super) fn take(&mut self, now: Second) -> Option<Happening> {
        if self.next_second()? > now {
            return None;
        }
        self.0.pop_first().map(|(_, happening)| happening)
    }
}
