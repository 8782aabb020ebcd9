//! Feeds `aufruf_fuzz::ws_messages` with what libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aufruf_fuzz::ws_messages::takes(bytes));
