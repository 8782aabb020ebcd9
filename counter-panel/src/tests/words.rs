//! Every sentence of the screen has a German and an Arabic one.

use std::fs;
use std::path::Path;

/// The texts of `@tr("…")` and of its plural form.
fn sentences(slint: &str) -> Vec<String> {
    let calls = slint.split("@tr(").skip(1);
    let quoted = calls.flat_map(|call| {
        let head = call.split(" % ").next().unwrap_or(call);
        let arguments = head.split(')').next().unwrap_or(head);
        let has_plural = call.contains("\" | \"") && arguments.contains("\" | \"");
        let texts = call.split('"').skip(1).step_by(2);
        texts.take(if has_plural { 2 } else { 1 })
    });
    quoted.map(str::to_owned).collect()
}

#[test]
fn the_panel_speaks_german_throughout() {
    speaks_throughout("de");
}

#[test]
fn the_panel_speaks_arabic_throughout() {
    speaks_throughout("ar");
}

#[track_caller]
fn speaks_throughout(language: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let po = format!("lang/{language}/LC_MESSAGES/aufruf-counter-panel.po");
    let po = fs::read_to_string(folder.join(po)).expect("the texts of this language");
    let files = fs::read_dir(folder.join("ui")).expect("the screen's files");
    let mut known = 0;
    for file in files {
        let path = file.expect("a file").path();
        for sentence in sentences(&fs::read_to_string(&path).expect("a .slint file")) {
            let one = format!("msgid \"{sentence}\"\nmsg");
            let many = format!("msgid_plural \"{sentence}\"\nmsgstr[0] \"");
            let found = po.contains(&one) || po.contains(&many);
            assert!(found, "{}: no {language} for {sentence:?}", path.display());
            known += 1;
        }
    }
    assert!(known > 200, "only {known} sentences were found");
    assert!(!po.contains("msgstr \"\"\n\n"), "a sentence is empty");
}
