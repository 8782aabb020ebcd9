//! Who may name whom in the code, where the crates' dependencies are too coarse a net.

use super::super::files::SourceFile;
use super::super::finding::Finding;
use super::{is_word, mentions, names_after, on_line};

/// The words of the wire, as the server names them.
const PROTOCOL: &str = "aufruf_protocol::latest::";
const PROTOCOL_ALIAS: &str = "wire::";

/// How a statement begins; the whole text is longer than that.
const SQL: &[&str] = &[
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
    "WITH RECURSIVE ",
    "VACUUM INTO ",
];

/// Only the server's `wire.rs` files and `wire/` folders make words of the wire from the engine's.
///
/// Others may name both, to hand them on. Making is told by its look: a wire type's name before a
/// brace, in a file that names the engine.
pub(super) fn wire_and_engine_meet_in_wire_alone(file: &SourceFile) -> Vec<Finding> {
    let is_wire = file.path.ends_with("/wire.rs") || file.path.contains("/wire/");
    let names_engine = file
        .production_code()
        .any(|(_, code)| mentions(code, "aufruf_engine"));
    if !file.path.starts_with("server/src/") || is_wire || !names_engine {
        return Vec::new();
    }
    let code: Vec<_> = file.production_code().map(|(_, code)| code).collect();
    let imported = names_after(&code.join("\n"), PROTOCOL);
    let is_import = |code: &str| code.trim_start().starts_with("use ");
    let making = file.production_code().filter(|(_, code)| !is_import(code));
    let making = making.filter(|(_, code)| {
        makes_wire_type(code) || imported.iter().any(|(_, name)| makes(code, name))
    });
    let what = "makes words of the wire beside the engine's: that is a wire module's work";
    making.map(|(line, _)| on_line(file, line, what)).collect()
}

fn makes_wire_type(code: &str) -> bool {
    names_after(code, PROTOCOL_ALIAS)
        .iter()
        .any(|(_, name)| makes(code, name))
}

/// Whether the line has `Name {` or `Name::Variant {` as a value or a pattern, not as a type.
fn makes(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].trim_end_matches(PROTOCOL_ALIAS).trim_end();
        let as_type = ["->", " for", "impl", "struct", "enum"]
            .iter()
            .any(|word| before.ends_with(word));
        let variant = |c: char| is_word(c) || c == ':';
        let after = code[at + name.len()..]
            .trim_start_matches(variant)
            .trim_start();
        !name.is_empty() && after.starts_with('{') && !as_type
    })
}

pub(super) fn sql_lives_in_the_store(file: &SourceFile) -> Vec<Finding> {
    if file.path.starts_with("server/store/") {
        return Vec::new();
    }
    let sql = file.literals.iter().filter(|literal| is_sql(&literal.text));
    let text = sql.map(|literal| on_line(file, literal.line, "SQL text outside server/store"));
    let own_file = file
        .ends_in("sql")
        .then(|| Finding::new(&file.path, "SQL outside server/store"));
    text.chain(own_file).collect()
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    SQL.iter()
        .any(|opening| text.len() > opening.len() && text.starts_with(opening))
}

/// What a screen decides is tested without a screen.
pub(super) fn controllers_know_no_slint(file: &SourceFile) -> Vec<Finding> {
    let is_controller = ["kiosk/", "display/", "counter-panel/"]
        .iter()
        .any(|app| file.path.starts_with(app))
        && file.path.contains("/src/controller");
    if !is_controller {
        return Vec::new();
    }
    file.production_code()
        .filter(|(_, code)| mentions(code, "slint"))
        .map(|(line, _)| {
            on_line(
                file,
                line,
                "a controller knows no Slint: that is an adapter's work",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "use aufruf_engine::Ticket;\nuse aufruf_protocol::latest as wire;\n\
        fn row(ticket: &Ticket) -> wire::TicketRow {\n    wire::TicketRow { id: ticket.id }\n}\n";

    #[track_caller]
    fn meetings(path: &str, text: &str) -> usize {
        wire_and_engine_meet_in_wire_alone(&SourceFile::new(path, text)).len()
    }

    #[test]
    fn only_a_wire_module_makes_words_of_the_wire_from_the_engines() {
        assert_eq!(meetings("server/src/http/tickets.rs", ROW), 1);
        assert_eq!(meetings("server/src/wire.rs", ROW), 0);
        assert_eq!(meetings("server/src/wire/tickets.rs", ROW), 0);
        assert_eq!(meetings("tests/tests/visit.rs", ROW), 0);
    }

    #[test]
    fn an_imported_name_hides_nothing() {
        let text = "use aufruf_engine::Ticket;\nuse aufruf_protocol::latest::{\n    Code, TicketRow,\n};\n\
            let row = TicketRow { id };\n";
        assert_eq!(meetings("server/src/http/tickets.rs", text), 1);
    }

    #[test]
    fn a_handler_may_name_both_to_hand_them_on() {
        let text = "use aufruf_engine::Command;\nuse aufruf_protocol::latest as wire;\n\
            fn take(wish: &wire::IssueTicket) -> wire::TicketRow {\n    crate::wire::command(wish)\n}\n";
        assert_eq!(meetings("server/src/http/tickets.rs", text), 0);
    }

    #[test]
    fn sql_outside_the_store_is_found() {
        let text = "const WAITING: &str = \"SELECT id FROM tickets\";";
        let find = |path: &str| sql_lives_in_the_store(&SourceFile::new(path, text)).len();
        assert_eq!(find("server/src/http/tickets.rs"), 1);
        assert_eq!(find("server/store/src/tickets.rs"), 0);
    }

    #[test]
    fn a_sentence_that_selects_is_no_sql() {
        let text = "const HINT: &str = \"Select a service\"; const VERB: &str = \"SELECT \";";
        assert_eq!(
            sql_lives_in_the_store(&SourceFile::new("kiosk/src/main.rs", text)),
            []
        );
    }

    #[test]
    fn a_controller_that_draws_is_found() {
        let file = SourceFile::new("kiosk/src/controller/mod.rs", "use slint::Timer;");
        assert_eq!(controllers_know_no_slint(&file).len(), 1);
        let adapter = SourceFile::new("kiosk/src/adapter.rs", "use slint::Timer;");
        assert_eq!(controllers_know_no_slint(&adapter), []);
    }
}
