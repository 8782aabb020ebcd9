//! The panel's rules, one sentence each.

mod desk;

mod calls;
mod clerk;
mod help;
mod keys;
mod link;
mod list;
mod lists;
mod notices;
mod sheets;
mod troubles;
mod undo;
