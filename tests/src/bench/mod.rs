//! Figures: what the house costs and how fast it is, measured from outside, the disk's own speed
//! beside them.

mod disk;
mod http;
mod painted;
mod rest;
mod sample;
mod tickets;

pub use disk::{DiskSpeed, disk_speed};
pub use painted::{Audience, next_to_painted};
pub use rest::{AtRest, at_rest};
pub use sample::Sample;
pub use tickets::{Issued, issue_tickets};
