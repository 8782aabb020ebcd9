//! The rest of the day: who will be called when and where, for whom there is no room any more, and
//! which window each person can be told.
//!
//! A compact [`Picture`] of the state is taken once and may go to another thread. The **plan** plays it
//! to the end with expected lengths. A **promise** comes from playing it many times, by the same rule
//! that *next* goes by, with lengths, absences, leavings and newcomers drawn from a seeded
//! generator (Monte Carlo roll-outs; Law, "Simulation Modeling and Analysis", 5th ed.), then corrected by how
//! earlier windows held.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

mod fate;
mod outlook;
mod picture;
mod plan;
mod staff;
mod world;

pub use outlook::Outlook;
pub use picture::Picture;
pub use plan::{Plan, Stay, StayOf};
