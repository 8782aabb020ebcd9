//! Compiles the `.slint` files of a screen, the same way for every screen.
//!
//! Called from `build.rs` only. Owns the compiler's settings: where `@kit` is, where the translations
//! are, and that elements keep their names for tests. Never holds anything that is there at run time.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::path::Path;

use slint_build::{CompilerConfiguration, DefaultTranslationContext};

/// Where `@kit/…` is found.
const KIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/kit");

/// Compiles `root` (such as `ui/app.slint`, beside the caller's `Cargo.toml`) for `slint::include_modules!()`.
///
/// The words of `@tr` come from `lang/<language>/LC_MESSAGES/<crate>.po`; their messages have no context.
pub fn compile(root: &str) {
    let settings = CompilerConfiguration::new()
        .with_library_paths(HashMap::from([("kit".to_owned(), KIT.into())]))
        .with_style("fluent".to_owned())
        .with_bundled_translations("lang")
        .with_default_translation_context(DefaultTranslationContext::None)
        .with_debug_info(true);
    slint_build::compile_with_config(root, settings)
        .unwrap_or_else(|error| panic!("{root} does not compile: {error}"));
    println!("cargo:rerun-if-changed=lang");
    if !Path::new("lang").is_dir() {
        println!("cargo:warning=no folder lang/: every text stays English");
    }
}
