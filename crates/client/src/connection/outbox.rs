//! What the device wants to say and has not sent yet.

use std::collections::VecDeque;
use std::sync::Mutex;

use aufruf_protocol::latest::DeviceMessage;
use tokio::sync::Notify;
use tracing::warn;

/// LIMIT: a display reports each call twice, so this is some hundred calls without a line; older
/// reports are of no use to a panel any more and go first.
const KEPT: usize = 256;

/// A bounded queue. Of several states of the device only the latest is kept.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    waiting: Mutex<VecDeque<DeviceMessage>>,
    filled: Notify,
}

impl Outbox {
    /// Puts a message at the end. When the outbox is full the oldest message is dropped.
    pub(crate) fn put(&self, message: DeviceMessage) {
        let dropped = {
            let mut waiting = self.lock();
            if matches!(message, DeviceMessage::Status(_)) {
                waiting.retain(|held| !matches!(held, DeviceMessage::Status(_)));
            }
            waiting.push_back(message);
            (waiting.len() > KEPT).then(|| waiting.pop_front())
        };
        if dropped.is_some() {
            warn!("{KEPT} messages wait for the server: the oldest was dropped");
        }
        self.filled.notify_one();
    }

    /// Gives back a message that could not be sent: it is the next one again.
    pub(crate) fn put_back(&self, message: DeviceMessage) {
        self.lock().push_front(message);
        self.filled.notify_one();
    }

    /// The next message; waits until there is one. Safe to cancel.
    pub(crate) async fn next(&self) -> DeviceMessage {
        loop {
            if let Some(message) = self.lock().pop_front() {
                return message;
            }
            self.filled.notified().await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<DeviceMessage>> {
        self.waiting
            .lock()
            .expect("nobody panics holding the outbox")
    }
}

#[cfg(test)]
mod tests {
    use aufruf_protocol::latest::{CallId, DeviceStatus};

    use super::*;

    fn painted(call: u64) -> DeviceMessage {
        DeviceMessage::Painted { call: CallId(call) }
    }

    #[tokio::test]
    async fn messages_leave_in_order_and_one_put_back_is_next() {
        let outbox = Outbox::default();
        outbox.put(painted(1));
        outbox.put(painted(2));
        let first = outbox.next().await;
        outbox.put_back(first);
        assert_eq!(outbox.next().await, painted(1));
        assert_eq!(outbox.next().await, painted(2));
    }

    #[tokio::test]
    async fn a_full_outbox_drops_the_oldest() {
        let outbox = Outbox::default();
        (0..300).for_each(|call| outbox.put(painted(call)));
        assert_eq!(outbox.next().await, painted(44));
    }

    #[tokio::test]
    async fn only_the_latest_state_of_the_device_is_kept() {
        let status = |faults: &[&str]| {
            DeviceMessage::Status(DeviceStatus {
                faults: faults.iter().map(ToString::to_string).collect(),
                ..DeviceStatus::default()
            })
        };
        let outbox = Outbox::default();
        outbox.put(status(&["no paper"]));
        outbox.put(painted(1));
        outbox.put(status(&[]));
        assert_eq!(outbox.next().await, painted(1));
        assert_eq!(outbox.next().await, status(&[]));
    }
}
