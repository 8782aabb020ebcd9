//! The screens as Slint compiled them.
#![expect(
    unreachable_pub,
    missing_debug_implementations,
    reason = "written by the Slint compiler"
)]

slint::include_modules!();
