//! The `office.toml` that a test office is opened with, and the names in it that tests use.

use std::path::PathBuf;

use crate::places::asset;

/// An office file and what a test must know of it.
#[derive(Debug, Clone)]
pub struct OfficeDocument {
    pub path: PathBuf,
    /// The area that display and counters of a test belong to.
    pub area: &'static str,
    /// The service that counter-1 offers and a visitor asks for.
    pub service: &'static str,
    pub counters: &'static [&'static str],
}

impl OfficeDocument {
    /// The Bürgeramt of `assets/office/demo.toml`.
    pub fn demo() -> Self {
        Self {
            path: asset("office/demo.toml"),
            area: "ground",
            service: "id-card",
            counters: &[
                "counter-1",
                "counter-2",
                "counter-3",
                "counter-4",
                "counter-5",
                "counter-6",
            ],
        }
    }

    /// One queue whose numbers do not run out, and four counters that all serve it.
    pub fn load() -> Self {
        Self {
            path: concat!(env!("CARGO_MANIFEST_DIR"), "/offices/load.toml").into(),
            area: "hall",
            service: "anything",
            counters: &["counter-1", "counter-2", "counter-3", "counter-4"],
        }
    }
}
