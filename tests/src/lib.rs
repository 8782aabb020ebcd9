//! The test office: real processes over real sockets, and eyes, ears and hands for every part of them.
//!
//! Owns the harness that scenarios, demo, bench and soak share, and a virtual printer that reads
//! ESC/POS back. Knows our programs only from outside: by their command lines, their wire, their
//! windows, their paper and their sound.
#![forbid(unsafe_code)]

pub mod appointment;
pub mod away;
pub mod bench;
pub mod demo;
pub mod desktop;
pub mod moment;
pub mod office;
pub mod paper;
pub mod picture;
pub mod places;
pub mod program;
pub mod raw_http;
pub mod soak;
pub mod sound;
pub mod virtual_printer;
pub mod visit;
pub mod wait;
pub mod xserver;
