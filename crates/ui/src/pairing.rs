//! What a device shows that the server does not know.

use aufruf_client::{Link, Update};

/// The code to show from now on, empty where there is none; nothing where the update does not say.
pub fn pairing_code(update: &Update) -> Option<String> {
    match update {
        Update::Link(Link::Unpaired { code }) => Some(code.to_string()),
        Update::Link(Link::Connecting | Link::Live | Link::Stale { .. }) => Some(String::new()),
        Update::ServerAhead(_) | Update::Message(_) => None,
    }
}
