//! The screen as Slint compiled it.
#![expect(
    unreachable_pub,
    missing_debug_implementations,
    reason = "written by the Slint compiler"
)]

slint::include_modules!();
