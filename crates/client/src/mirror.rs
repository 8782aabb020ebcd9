//! The device's own picture of what the server told it. Pure: takes updates in, answers questions.

use aufruf_protocol::latest::{
    DisplayView, KioskView, OfficeInfo, PanelView, PrinterView, ServerMessage, View, Welcome,
};
use jiff::{SignedDuration, Timestamp};

use crate::{Link, Update};

/// The latest view, the office it belongs to, and how the line is.
///
/// When the line is lost, the view stays: what is still true goes on being shown, marked by `link`.
#[derive(Debug, Clone, Default)]
pub struct Mirror {
    pub link: Link,
    pub welcome: Option<Welcome>,
    pub view: Option<View>,
    server_ahead: SignedDuration,
}

impl Mirror {
    /// Takes one update in. Updates must come in the order in which the connection gave them.
    pub fn take(&mut self, update: &Update) {
        match update {
            Update::Link(link) => self.link = *link,
            Update::ServerAhead(ahead) => self.server_ahead = *ahead,
            Update::Message(message) => self.take_message(message),
        }
    }

    /// The office as the server described it; none before the first welcome.
    pub fn office(&self) -> Option<&OfficeInfo> {
        self.welcome.as_ref().map(|welcome| &welcome.office)
    }

    pub fn kiosk(&self) -> Option<&KioskView> {
        match &self.view {
            Some(View::Kiosk(view)) => Some(view),
            _ => None,
        }
    }

    pub fn display(&self) -> Option<&DisplayView> {
        match &self.view {
            Some(View::Display(view)) => Some(view),
            _ => None,
        }
    }

    pub fn panel(&self) -> Option<&PanelView> {
        match &self.view {
            Some(View::Panel(view)) => Some(view),
            _ => None,
        }
    }

    pub fn printer(&self) -> Option<&PrinterView> {
        match &self.view {
            Some(View::Printer(view)) => Some(view),
            _ => None,
        }
    }

    /// The office's time at the device's time `local_now`, by the last word of the server.
    pub fn server_now(&self, local_now: Timestamp) -> Timestamp {
        local_now
            .checked_add(self.server_ahead)
            .unwrap_or(local_now)
    }

    fn take_message(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome = Some((**welcome).clone()),
            // A view of a later version cannot be shown; the last known one can.
            ServerMessage::Snapshot {
                view: View::Unknown,
                ..
            }
            | ServerMessage::Ping { .. }
            | ServerMessage::Unknown => {}
            ServerMessage::Snapshot { view, .. } => self.view = Some(view.clone()),
            ServerMessage::Delta { changes, .. } => {
                if let Some(view) = &mut self.view {
                    for change in changes {
                        view.apply(change);
                    }
                }
            }
            ServerMessage::Call { call, .. } => {
                if let Some(view) = &mut self.view {
                    view.take_call(call);
                }
            }
            ServerMessage::PrintJob { job, .. } => {
                if let Some(view) = &mut self.view {
                    view.take_job(job);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use aufruf_protocol::latest::{Call, CallId, Change, CounterKey, QueueKey, TicketId};
    use uuid::Uuid;

    use super::*;

    fn call(id: u64) -> Call {
        Call {
            id: CallId(id),
            ticket: TicketId(Uuid::from_u128(u128::from(id))),
            number: format!("A{id:03}"),
            queue: QueueKey::new("ids"),
            counter: CounterKey::new("counter-4"),
            language: "de".to_owned(),
            called_at: Timestamp::UNIX_EPOCH,
            nth: 1,
        }
    }

    fn told(messages: impl IntoIterator<Item = ServerMessage>) -> Mirror {
        let mut mirror = Mirror::default();
        for message in messages {
            mirror.take(&Update::Message(message));
        }
        mirror
    }

    fn display_with_calls(ids: &[u64]) -> ServerMessage {
        let mut view = DisplayView::default();
        for id in ids {
            view.take_call(&call(*id));
        }
        ServerMessage::Snapshot {
            seq: 10,
            view: View::Display(view),
        }
    }

    fn numbers(mirror: &Mirror) -> Vec<&str> {
        let view = mirror.display().expect("a display's view");
        view.calls.iter().map(|call| &*call.number).collect()
    }

    #[test]
    fn calls_and_changes_after_the_snapshot_are_shown() {
        let mirror = told([
            display_with_calls(&[1]),
            ServerMessage::Call {
                seq: 11,
                call: call(2),
            },
            ServerMessage::Delta {
                seq: 12,
                changes: vec![Change::CallGone { call: CallId(1) }],
            },
        ]);
        assert_eq!(numbers(&mirror), ["A002"]);
        assert!(mirror.panel().is_none());
    }

    #[test]
    fn a_lost_line_marks_the_view_and_keeps_it() {
        let mut mirror = told([display_with_calls(&[1])]);
        let since = Timestamp::UNIX_EPOCH;
        mirror.take(&Update::Link(Link::Stale { since }));
        assert_eq!(mirror.link, Link::Stale { since });
        assert_eq!(numbers(&mirror), ["A001"]);
    }

    #[test]
    fn a_view_of_a_later_version_does_not_wipe_the_last_known_one() {
        let later = ServerMessage::Snapshot {
            seq: 11,
            view: View::Unknown,
        };
        let mirror = told([display_with_calls(&[1]), later]);
        assert_eq!(numbers(&mirror), ["A001"]);
    }

    #[test]
    fn the_offices_time_is_the_servers_and_not_the_devices() {
        let mut mirror = Mirror::default();
        let local: Timestamp = "2026-11-02T08:00:00Z".parse().expect("an instant");
        assert_eq!(mirror.server_now(local), local);
        mirror.take(&Update::ServerAhead(SignedDuration::from_secs(-90)));
        assert_eq!(mirror.server_now(local).to_string(), "2026-11-02T07:58:30Z");
    }
}
