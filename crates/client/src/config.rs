//! Reads a device's config file. What is wrong is told with file, line and what to do.
//!
//! Each program has its own struct with `#[serde(deny_unknown_fields)]` and names the common head
//! itself: `server: String`, `token: Option<Token>`, `token_file: Option<PathBuf>`; then it asks
//! [`resolve_token`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::{Token, TokenError};

/// Why a device cannot be set up from its file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the config file {}", path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{}:{line}: {message}{}", path.display(), hint_line(hint.as_deref()))]
    Wrong {
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        message: String,
        hint: Option<String>,
    },
    #[error("the config has neither `token` nor `token_file`; write one of them")]
    NoToken,
    #[error("the config has both `token` and `token_file`; write only one of them")]
    TwoTokens,
    #[error("cannot read the token file {}", path.display())]
    ReadToken {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the token file {} is no good", path.display())]
    WrongToken {
        path: PathBuf,
        #[source]
        source: TokenError,
    },
}

/// Reads the file into the program's config struct.
pub fn load<T: DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Read {
        path: path.to_owned(),
        source,
    })?;
    parse(path, &text)
}

/// The device's token, from the config itself or from the file that it names.
pub fn resolve_token(
    token: Option<Token>,
    token_file: Option<&Path>,
) -> Result<Token, ConfigError> {
    match (token, token_file) {
        (Some(token), None) => Ok(token),
        (None, Some(path)) => read_token(path),
        (None, None) => Err(ConfigError::NoToken),
        (Some(_), Some(_)) => Err(ConfigError::TwoTokens),
    }
}

fn read_token(path: &Path) -> Result<Token, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::ReadToken {
        path: path.to_owned(),
        source,
    })?;
    Token::parse(&text).map_err(|source| ConfigError::WrongToken {
        path: path.to_owned(),
        source,
    })
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::Wrong {
        path: path.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
        hint: hint_for(error.message()),
    })
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}

fn hint_line(hint: Option<&str>) -> String {
    hint.map_or_else(String::new, |hint| format!("\nhint: {hint}"))
}

/// For an unknown key or value, the known one that is most like it, else what is known.
fn hint_for(message: &str) -> Option<String> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next()?;
    let known: Vec<&str> = names.collect();
    let slips = |name: &str| {
        if name.starts_with(wrong) {
            0
        } else {
            distance(wrong, name)
        }
    };
    let nearest = known.iter().min_by_key(|name| slips(name))?;
    // Two slips in a short word are still that word; more is another word.
    Some(if slips(nearest) <= 2.max(wrong.len() / 3) {
        format!("did you mean `{nearest}`?")
    } else {
        format!("leave it out, or use one of: {}", known.join(", "))
    })
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, wanted) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *wanted);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        server: String,
        token: Option<Token>,
        token_file: Option<PathBuf>,
        window: Option<Window>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read from the file")]
    struct Window {
        width: u32,
        height: u32,
    }

    fn error_of(text: &str) -> String {
        parse::<Sample>(Path::new("kiosk.toml"), text)
            .expect_err("a wrong file")
            .to_string()
    }

    #[test]
    fn a_good_file_gives_server_and_token() {
        let text = "server = \"http://office\"\ntoken = \"abc\"\n";
        let sample: Sample = parse(Path::new("kiosk.toml"), text).expect("a good file");
        assert_eq!(sample.server, "http://office");
        assert!(sample.window.is_none());
        let token = resolve_token(sample.token, sample.token_file.as_deref()).expect("a token");
        assert_eq!(token.into_bearer(), "Bearer abc");
    }

    #[test]
    fn a_misspelt_key_is_named_with_file_line_and_the_right_one() {
        let error = error_of("server = \"x\"\n\n[window]\nwidht = 5\nheight = 5\n");
        assert!(
            error.starts_with("kiosk.toml:4: unknown field `widht`"),
            "{error}"
        );
        assert!(error.ends_with("hint: did you mean `width`?"), "{error}");
    }

    #[test]
    fn a_key_like_no_other_gets_the_list_of_known_ones() {
        let error = error_of("server = \"x\"\nwallpaper = 1\n");
        assert!(error.starts_with("kiosk.toml:2:"), "{error}");
        assert!(
            error.ends_with("use one of: server, token, token_file, window"),
            "{error}"
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_with_its_line_and_a_token_is_not_repeated() {
        assert!(error_of("server = 5\n").starts_with("kiosk.toml:1: invalid type"));
        let error = error_of("server = \"x\"\ntoken = \"my secret\"\n");
        assert!(error.starts_with("kiosk.toml:2:"), "{error}");
        assert!(!error.contains("my secret"), "{error}");
    }

    #[test]
    fn the_token_may_stand_in_a_file_of_its_own_but_not_in_two_places() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        fs::write(&path, "abc\n").expect("a token file");
        let token = resolve_token(None, Some(&path)).expect("a token");
        assert_eq!(token.clone().into_bearer(), "Bearer abc");
        assert!(matches!(
            resolve_token(Some(token), Some(&path)),
            Err(ConfigError::TwoTokens)
        ));
        assert!(matches!(
            resolve_token(None, None),
            Err(ConfigError::NoToken)
        ));
    }
}
