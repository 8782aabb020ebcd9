//! The panel's rules, one sentence each.

mod desk;

mod calls;
mod keys;
mod link;
mod list;
mod notices;
mod troubles;
