//! The large numbers: what must hold after many rounds of what rarely happens.

mod chance;
mod clerks;
mod kills;

pub use clerks::two_clerks;
pub use kills::{KillRounds, Survived, kill_rounds};
