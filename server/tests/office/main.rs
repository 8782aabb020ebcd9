//! Scenarios of one office in this process, through its API.

mod change;
mod common;
mod failed_commit;
mod openapi;
mod visit;
