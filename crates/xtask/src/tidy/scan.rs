//! Tells Rust code from comments and strings, well enough for the rules.
//!
//! Blanks are put in place of what is not code, so that lines and columns stay where they were.

/// A string in the code, as it is written between its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// Counted from 1, where the string begins.
    pub(super) line: usize,
    pub(super) text: String,
}

/// Code and strings of one file, set apart.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) code: String,
    pub(super) literals: Vec<Literal>,
}

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        at: 0,
        code: String::new(),
        literals: Vec::new(),
    };
    while scanner.at < text.len() {
        scanner.step();
    }
    Scan {
        code: scanner.code,
        literals: scanner.literals,
    }
}

struct Scanner<'a> {
    text: &'a str,
    /// Byte position, always on the border of a character.
    at: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            self.blank(end);
        } else if rest.starts_with("/*") {
            let end = block_comment_end(rest);
            self.blank(end);
        } else if let Some((open, close)) = raw_string(rest).filter(|_| !self.inside_a_word()) {
            self.raw_string(open, &close);
        } else if rest.starts_with('"') {
            self.string();
        } else if let Some(end) = char_end(rest) {
            self.blank(end);
        } else {
            self.keep_one();
        }
    }

    /// Whether the character before belongs to a name, so that `r` here begins no raw string.
    fn inside_a_word(&self) -> bool {
        self.text[..self.at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn keep_one(&mut self) {
        let next = self
            .rest()
            .chars()
            .next()
            .expect("called only before the end");
        self.code.push(next);
        self.at += next.len_utf8();
    }

    fn blank(&mut self, bytes: usize) {
        let (text, at) = (self.text, self.at);
        self.code.extend(
            text[at..at + bytes]
                .chars()
                .map(|c| if c == '\n' { c } else { ' ' }),
        );
        self.at += bytes;
    }

    fn raw_string(&mut self, open: usize, close: &str) {
        let inner = &self.rest()[open..];
        let length = inner.find(close).unwrap_or(inner.len());
        let whole = (open + length + close.len()).min(self.rest().len());
        self.literal(open, open + length);
        self.blank(whole);
    }

    fn string(&mut self) {
        let rest = self.rest();
        let mut escaped = false;
        let close = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let end = close.map_or(rest.len(), |(at, _)| at);
        let whole = (end + 1).min(rest.len());
        self.literal(1, end);
        self.blank(whole);
    }

    fn literal(&mut self, from: usize, to: usize) {
        let line = self.text[..self.at].matches('\n').count() + 1;
        let text = self.rest()[from..to].to_owned();
        self.literals.push(Literal { line, text });
    }
}

/// Length of the block comment that begins here; they nest.
fn block_comment_end(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// Length of the opening of a raw string that begins here, and what closes it.
fn raw_string(rest: &str) -> Option<(usize, String)> {
    let prefix = ["br", "cr", "r"]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    let hashes = rest[prefix.len()..]
        .chars()
        .take_while(|c| *c == '#')
        .count();
    let quote = prefix.len() + hashes;
    rest[quote..]
        .starts_with('"')
        .then(|| (quote + 1, format!("\"{}", "#".repeat(hashes))))
}

/// Length of the character literal that begins here; none for a lifetime.
fn char_end(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices();
    (chars.next()?.1 == '\'').then_some(())?;
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next()?;
        return chars.find(|(_, c)| *c == '\'').map(|(at, _)| at + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_code() {
        let scan = scan("let a = 1; // std::fs\n/* tokio /* axum */ */ let b = 2;");
        assert_eq!(
            scan.code.split_whitespace().collect::<Vec<_>>().join(" "),
            "let a = 1; let b = 2;"
        );
    }

    #[test]
    fn strings_are_no_code_and_are_kept_with_their_line() {
        let scan = scan("\nlet a = \"std::fs \\\" tokio\";\nlet b = r#\"a \"quoted\" word\"#;");
        assert!(!scan.code.contains("tokio") && !scan.code.contains("quoted"));
        let texts: Vec<_> = scan
            .literals
            .iter()
            .map(|l| (l.line, l.text.as_str()))
            .collect();
        assert_eq!(texts, [(2, "std::fs \\\" tokio"), (3, "a \"quoted\" word")]);
    }

    #[test]
    fn a_quote_as_a_character_opens_no_string() {
        let scan = scan("let quote = '\"'; let escaped = '\\''; let umlaut = 'ü'; use std::fs;");
        assert!(scan.code.contains("use std::fs;"));
        assert!(scan.literals.is_empty());
    }

    #[test]
    fn a_lifetime_is_no_character() {
        let scan = scan("fn name<'a>(x: &'a str) -> &'a str { tokio(x) }");
        assert!(scan.code.contains("tokio(x)"));
    }

    #[test]
    fn lines_stay_where_they_were() {
        let text = "/* one\ntwo */ let a = \"three\nfour\";\nlet b = 'x';\n";
        assert_eq!(scan(text).code.lines().count(), text.lines().count());
    }
}
