//! How the line to the office server is, as screens and staff see it.

use aufruf_protocol::latest::PairingCode;
use jiff::Timestamp;

/// The state of the push connection. It starts `Connecting` and is `Live` again by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Link {
    /// Never been live since the program started.
    #[default]
    Connecting,
    /// The view is there and the server was heard within the last four seconds.
    Live,
    /// The server does not know the device: somebody has to approve this code.
    Unpaired { code: PairingCode },
    /// The view is an old one.
    Stale {
        /// When the server was last heard, by this device's clock.
        since: Timestamp,
    },
}
