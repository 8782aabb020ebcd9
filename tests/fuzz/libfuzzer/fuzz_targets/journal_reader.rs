//! Feeds `aufruf_fuzz::journal_reader` with what libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aufruf_fuzz::journal_reader::takes(bytes));
