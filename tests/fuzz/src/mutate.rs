//! Small changes of a known input, as a fuzzer makes them.

use crate::chance::Chance;

/// LIMIT: bytes of a changed input.
const LONGEST: usize = 128 * 1024;

/// What people and programs write where something else belongs.
const ODD: [&str; 30] = [
    "0",
    "-1",
    "1.5",
    "255",
    "256",
    "65536",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e309",
    "null",
    "true",
    "\"\"",
    "\"x\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"ü\u{202e}🂡\"",
    "[]",
    "{}",
    "[[[[[[[[",
    "\"-009999-01-02T01:59:59Z\"",
    "\"9999-12-30T22:00:00Z\"",
    "\"2026-11-23T08:00:00.123456789Z\"",
    "00000000-0000-0000-0000-000000000000",
    "%2e%2e%2f",
    "%ff",
    "\u{feff}",
    "\n",
];

/// A changed copy of `input`; `others` are what parts are taken from.
pub fn mutate(input: &[u8], others: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=chance.below(4) {
        change(&mut bytes, others, chance);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = at + chance.below((bytes.len() - at).min(16) + 1);
    match chance.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        1 => drop(bytes.drain(at..end)),
        2 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        3 => bytes.truncate(at),
        4 | 5 => {
            let odd = chance.one_of(&ODD).unwrap_or(&ODD[0]).bytes();
            let (from, to) = word_at(bytes, at);
            bytes.splice(from..to, odd);
        }
        6 => {
            let byte = u8::try_from(chance.below(256)).unwrap_or(0);
            bytes.insert(at, byte);
        }
        _ => {
            if let Some(other) = chance.one_of(others) {
                let from = chance.below(other.len() + 1);
                let to = from + chance.below(other.len() - from + 1);
                bytes.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
}

/// The value that stands at `at`: a number, a word or a text with its quotes.
fn word_at(bytes: &[u8], at: usize) -> (usize, usize) {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.\"+:".contains(byte);
    let before = bytes[..at].iter().rev().take_while(|byte| is_part(byte));
    let behind = bytes[at..].iter().take_while(|byte| is_part(byte));
    (at - before.count(), at + behind.count())
}
