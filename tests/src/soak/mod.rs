//! The large numbers: what must hold after many rounds of what rarely happens.

mod chance;
mod clerks;
mod described_api;
mod kills;

pub use clerks::two_clerks;
pub use described_api::{ApiRun, described_api};
pub use kills::{KillRounds, Survived, kill_rounds};
