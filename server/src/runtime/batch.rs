//! One batch: commands decided and applied in memory, on their way to the disk together.
//!
//! ```text
//!   decided ──hand over──▶ in flight ──committed──▶ answered, published
//!                              └──────failed──────▶ everybody gets "unavailable"
//! ```

use std::collections::BTreeMap;

use aufruf_engine::{Actor, Language, Record, TicketId};
use aufruf_store::{Answer, Note};
use tokio::sync::oneshot;

use super::bus::Outcome;

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
    replies: Vec<oneshot::Sender<Outcome>>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.records.is_empty()
    }

    /// An outcome to tell once the batch is on disk.
    pub(super) fn await_commit(
        &mut self,
        key: Option<CommandKey>,
        outcome: Outcome,
        reply: oneshot::Sender<Outcome>,
    ) {
        self.waiting.push(Waiting {
            key,
            outcome,
            replies: vec![reply],
        });
    }

    /// The twin of a command that waits here waits with it. Gives the reply back when there is none.
    pub(super) fn join_twin(
        &mut self,
        key: &CommandKey,
        reply: oneshot::Sender<Outcome>,
    ) -> Result<(), oneshot::Sender<Outcome>> {
        match self
            .waiting
            .iter_mut()
            .find(|waiting| waiting.key.as_ref() == Some(key))
        {
            Some(twin) => {
                twin.replies.push(reply);
                Ok(())
            }
            None => Err(reply),
        }
    }

    /// Tells everybody what became of their command. Who has gone is not missed.
    pub(super) fn tell(self) -> (Vec<Record>, PaperLanguages) {
        for Waiting {
            outcome, replies, ..
        } in self.waiting
        {
            for reply in replies {
                let _gone = reply.send(outcome.clone());
            }
        }
        (self.records, self.papers)
    }

    /// Tells everybody that nothing was done.
    pub(super) fn tell_unavailable(self) {
        for reply in self.waiting.into_iter().flat_map(|waiting| waiting.replies) {
            let _gone = reply.send(Outcome::Unavailable);
        }
    }
}
