//! The kiosk's real window, drawn in memory: how it looks, and that every key can be reached.

mod keys;
mod office;
mod pictures;
mod stand;
mod time;
mod words;
