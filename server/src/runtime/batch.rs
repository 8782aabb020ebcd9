//! One batch: commands decided and applied in memory, on their way to the disk together.
//!
//! ```text
//!   decided ──hand over──▶ in flight ──committed──▶ answered, published
//!                              └──────failed──────▶ everybody gets "unavailable"
//! ```

use std::collections::BTreeMap;

use aufruf_engine::{Actor, Language, Record, TicketId};
use aufruf_store::{Answer, Note};

use super::bus::{Asker, Outcome};
use crate::metrics::CommandCounts;

/// Which command of which device.
pub(super) type CommandKey = (Actor, String);

/// In which language somebody asked for the paper. Known to the view task alone and only once: what is
/// printed after a restart speaks the visit's own language.
pub(super) type PaperLanguages = BTreeMap<TicketId, Language>;

/// Commands that are committed together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) records: Vec<Record>,
    pub(super) answers: Vec<Answer>,
    pub(super) notes: Vec<Note>,
    pub(super) papers: PaperLanguages,
    waiting: Vec<Waiting>,
}

/// Somebody who waits for an outcome that is not on disk yet.
#[derive(Debug)]
struct Waiting {
    key: Option<CommandKey>,
    outcome: Outcome,
    asker: Asker,
    /// Who sent the same command meanwhile.
    twins: Vec<Asker>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.records.is_empty()
    }

    /// How many commands it is made of.
    pub(super) fn commands(&self) -> usize {
        self.waiting.len()
    }

    /// An outcome to tell once the batch is on disk.
    pub(super) fn await_commit(&mut self, key: Option<CommandKey>, outcome: Outcome, asker: Asker) {
        self.waiting.push(Waiting {
            key,
            outcome,
            asker,
            twins: Vec::new(),
        });
    }

    /// The twin of a command that waits here waits with it. Gives the asker back when there is none.
    pub(super) fn join_twin(&mut self, key: &CommandKey, asker: Asker) -> Result<(), Asker> {
        match self
            .waiting
            .iter_mut()
            .find(|waiting| waiting.key.as_ref() == Some(key))
        {
            Some(twin) => {
                twin.twins.push(asker);
                Ok(())
            }
            None => Err(asker),
        }
    }

    /// Tells everybody what became of their command.
    pub(super) fn tell(self, counts: &mut CommandCounts) -> (Vec<Record>, PaperLanguages) {
        for Waiting {
            outcome,
            asker,
            twins,
            ..
        } in self.waiting
        {
            for twin in twins {
                twin.tell_again(outcome.clone(), counts);
            }
            asker.tell(outcome, counts);
        }
        (self.records, self.papers)
    }

    /// Tells everybody that nothing was done.
    pub(super) fn tell_unavailable(self, counts: &mut CommandCounts) {
        for Waiting { asker, twins, .. } in self.waiting {
            for asker in twins.into_iter().chain([asker]) {
                asker.tell(Outcome::Unavailable, counts);
            }
        }
    }
}
