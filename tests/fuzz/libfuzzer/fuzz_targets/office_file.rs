//! Feeds `aufruf_fuzz::office_file` with what libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aufruf_fuzz::office_file::takes(bytes));
