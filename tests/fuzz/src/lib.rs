//! What comes from outside, as anybody could send it: each target takes any bytes and panics where a law is broken.
//!
//! Owns the laws, and the mutations of the short run. The short run (`tests/short.rs`) feeds each target with the
//! committed corpus and a bounded number of seeded changes of it; the long one is libFuzzer's (`libfuzzer/`, by
//! `cargo xtask soak --fuzz`). Never reads the clock and never draws a random number: the same input
//! is the same run.
#![forbid(unsafe_code)]

pub mod chance;
pub mod house;
pub mod http_bodies;
pub mod journal_reader;
pub mod mutate;
pub mod office_file;
pub mod ws_messages;
