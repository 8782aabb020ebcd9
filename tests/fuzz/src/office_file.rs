//! An `office.toml` as anybody could write it.
//!
//! The law: there is an office that the engine takes, or a line of text for each fault; never a panic.

use aufruf_server::office::OfficeDocument;

/// Reads it as the text that it is; what is no UTF-8 never gets to the reader.
pub fn takes(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match OfficeDocument::parse(text) {
        Ok(document) => {
            let faults = document.to_engine(1).faults();
            assert!(faults.is_empty(), "{faults:?}");
        }
        Err(faults) => {
            assert!(!faults.0.is_empty());
            for fault in &faults.0 {
                let is_one_line = !fault.trim().is_empty() && !fault.contains('\n');
                assert!(is_one_line, "{fault:?}");
            }
        }
    }
}
