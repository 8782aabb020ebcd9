//! Figures: what the house costs and how fast it is, measured from outside, the disk's own speed
//! beside them.

mod crowd;
mod disk;
mod fanout;
mod frames;
mod house;
mod http;
mod memory;
mod next;
mod pages;
mod painted;
mod report;
mod rest;
mod sample;
mod tickets;

pub use crowd::listen;
pub use disk::{DiskSpeed, disk_speed};
pub use fanout::{FanOut, call_many, yardstick};
pub use next::{Pressed, press_next, presses_at_pace};
pub use pages::{BesidePages, next_beside_pages};
pub use painted::{Audience, next_to_painted};
pub use report::{Goal, Report, heading};
pub use rest::{AtRest, at_rest};
pub use sample::Sample;
pub use tickets::{Issued, issue_at_volumes, issue_tickets};
