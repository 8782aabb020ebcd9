//! Locks: of which queues visitors take no ticket for now.

use std::collections::BTreeSet;

use aufruf_protocol::latest::{LockRow, QueueInfo, QueueKey, UnlockQueues};

use super::choices::{Choice, Does};
use super::{Detail, Sheet, Word};
use crate::controller::{Controller, Order};

impl Controller {
    /// All of them first, then each: one that is locked is unlocked, and the other way round.
    pub(super) fn lockable(&self) -> Vec<Choice> {
        let queues = self.office().map(|office| &office.queues[..]);
        let queues = queues.unwrap_or_default();
        let locked = self.locks().len();
        let lock = |queues| {
            Does::Open(Sheet::Notice {
                queues,
                notice: String::new(),
            })
        };
        let unlock = |queues| Does::Send(Box::new(Order::Unlock(UnlockQueues { queues })));
        let all = [
            Choice::new(Word::LockAll, Some(lock(BTreeSet::new())))
                .possible_if((locked < queues.len()).into()),
            Choice::new(Word::UnlockAll, Some(unlock(BTreeSet::new())))
                .possible_if((locked > 0).into()),
        ];
        let each = queues.iter().map(|queue| {
            let (name, only) = (
                self.name_of_queue(queue),
                BTreeSet::from([queue.key.clone()]),
            );
            match self.lock_of(&queue.key) {
                Some(row) => {
                    let since = self.times.clock(row.since);
                    Choice::new(Word::Unlock(name), Some(unlock(only)))
                        .detailed(Detail::Locked(since, row.notice.clone()))
                }
                None => Choice::new(Word::Lock(name), Some(lock(only))),
            }
        });
        all.into_iter().chain(each).collect()
    }

    /// The names of the queues that are locked, in the office's order; none: nothing is.
    pub(in crate::controller) fn locked(&self) -> Vec<String> {
        let queues = self.office().map(|office| &office.queues[..]);
        let locked = |queue: &&QueueInfo| self.lock_of(&queue.key).is_some();
        let queues = queues.unwrap_or_default().iter().filter(locked);
        queues.map(|queue| self.name_of_queue(queue)).collect()
    }

    fn lock_of(&self, queue: &QueueKey) -> Option<&LockRow> {
        self.locks().iter().find(|row| &row.queue == queue)
    }

    fn locks(&self) -> &[LockRow] {
        self.mirror.panel().map_or(&[], |panel| &panel.locks)
    }
}
