//! The embedded fonts, and that there are no others.

use std::sync::Arc;

use slint::fontique_011::fontique::{Blob, FallbackKey, FamilyId, GenericFamily, Script};
use slint::fontique_011::shared_collection;

/// Latin first: it is the first choice for a character that both have, such as a figure.
const FONTS: [&[u8]; 8] = [
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-ExtraBold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNextTabular-Regular.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNextTabular-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNextTabular-ExtraBold.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansArabic-Bold.ttf"),
];

/// The families that Slint falls back on when the named one has no glyph.
const FALLBACKS: [GenericFamily; 3] = [
    GenericFamily::SansSerif,
    GenericFamily::SystemUi,
    GenericFamily::UiSansSerif,
];

/// Makes the embedded fonts the only ones that text falls back on. The machine's own fonts would make
/// the same text look different from one machine to the next.
pub(crate) fn register() {
    let mut collection = shared_collection();
    let mut families: Vec<FamilyId> = Vec::new();
    for font in FONTS {
        for (family, _) in collection.register_fonts(Blob::new(Arc::new(font)), None) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
    }
    for generic in FALLBACKS {
        collection.set_generic_families(generic, families.iter().copied());
    }
    for script in [b"Latn", b"Arab", b"Zyyy"] {
        let key = FallbackKey::new(Script::from_bytes(*script), None);
        collection.set_fallbacks(key, families.iter().copied());
    }
}
