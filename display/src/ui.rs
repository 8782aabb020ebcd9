//! What the compiler made of `ui/*.slint`.
#![expect(
    missing_debug_implementations,
    unreachable_pub,
    reason = "generated code"
)]

slint::include_modules!();
