//! Ids for machines and keys of the office's own things. A ticket's number is for people and never a key.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A name the office gave one of its things. Cheap to clone: events carry many of them.
macro_rules! key_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(key: &str) -> Self {
                Self(key.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key_type!(
    /// One line of people (a ZMS scope).
    QueueKey
);
key_type!(
    /// A range of numbers with a prefix.
    SeriesKey
);
key_type!(
    /// What a visitor comes for (a ZMS request).
    ServiceKey
);
key_type!(
    /// A place where a clerk serves.
    CounterKey
);
key_type!(
    /// The counters and waiting space that one or more displays speak for.
    AreaKey
);
key_type!(
    /// A person who serves, by the name that signs in.
    ClerkKey
);
key_type!(
    /// A language by its BCP 47 tag.
    Language
);
key_type!(
    /// Who sent a command: a device's id, later a user, or `timer`.
    Actor
);

/// One visit, for machines. Made by the shell's `IdSource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketId(pub Uuid);

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number of a record in the office's journal: 1, 2, 3 …, never reset, without a gap.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct EventSeq(pub u64);

/// One calling of one ticket: the number of the record that called it, so later calls are larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub EventSeq);
