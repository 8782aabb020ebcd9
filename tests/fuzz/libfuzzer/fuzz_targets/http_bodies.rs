//! Feeds `aufruf_fuzz::http_bodies` with what libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aufruf_fuzz::http_bodies::takes(bytes));
