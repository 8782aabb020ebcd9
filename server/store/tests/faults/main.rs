//! The store on a disk that fails: the power goes at any moment, writes and syncs are refused, the disk
//! is full or may only be read.
//!
//! A layer between `SQLite` and its files (`vfs`) writes down what the disk is asked for and fails what a
//! test wants to fail (`watch`). From what was written down, `power` builds every disk that a loss of
//! power could leave behind. `AUFRUF_FAULTS=all` tries every moment and not a sample.

mod afterwards;
mod chance;
mod io_errors;
mod office_day;
mod power;
mod power_loss;
#[path = "../store"]
mod store {
    //! The office of the other tests.
    #[expect(dead_code, reason = "the other tests need more of it")]
    pub(crate) mod house;
}
mod survival;
mod vfs;
mod watch;

use store::house;

/// Whether every moment is tried, or a sample of them.
fn all_of_them() -> bool {
    std::env::var_os("AUFRUF_FAULTS").is_some_and(|wanted| wanted == "all")
}
