//! The kiosk's real window, drawn in memory: how it looks, and that every key can be reached.

mod appointments;
mod keys;
mod not_open;
mod office;
mod pictures;
mod stand;
mod time;
mod words;
