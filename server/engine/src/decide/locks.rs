//! The team lead's lock: no visitor takes a ticket of these queues for now.

use std::collections::BTreeSet;

use super::{known_queue, office};
use crate::{Event, QueueKey, Refusal, State};

/// LIMIT: characters of a notice; three lines of the kiosk's largest text.
const MAX_NOTICE: usize = 200;

pub(super) fn lock(
    state: &State,
    queues: &BTreeSet<QueueKey>,
    notice: &str,
) -> Result<Vec<Event>, Refusal> {
    let notice = notice.trim();
    let is_short = (1..=MAX_NOTICE).contains(&notice.chars().count());
    if !is_short || notice.chars().any(char::is_control) {
        return Err(Refusal::NoticeInvalid { limit: MAX_NOTICE });
    }
    let is_new = |queue: &QueueKey| {
        let lock = state.locks.get(queue);
        lock.is_none_or(|lock| lock.notice != notice)
    };
    let queues = named_or_all(state, queues)?.into_iter().filter(is_new);
    let locked = queues.map(|queue| Event::QueueLocked {
        queue,
        notice: notice.to_owned(),
    });
    Ok(locked.collect())
}

pub(super) fn unlock(state: &State, queues: &BTreeSet<QueueKey>) -> Result<Vec<Event>, Refusal> {
    let queues = named_or_all(state, queues)?.into_iter();
    let locked = queues.filter(|queue| state.locks.contains_key(queue));
    Ok(locked.map(|queue| Event::QueueUnlocked { queue }).collect())
}

fn named_or_all(state: &State, queues: &BTreeSet<QueueKey>) -> Result<Vec<QueueKey>, Refusal> {
    if queues.is_empty() {
        let queues = office(state)?.queues.iter();
        return Ok(queues.map(|queue| queue.key.clone()).collect());
    }
    let known = queues.iter().map(|queue| known_queue(state, queue));
    known.map(|queue| Ok(queue?.key.clone())).collect()
}
