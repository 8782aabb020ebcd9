//! The panel's config file: what differs from one counter's box to the next.

use std::path::PathBuf;

use aufruf_client::{Token, WayConfig};
use aufruf_ui::WindowSection;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// `counter-panel.toml`. Which counter it is, the server knows from the token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelConfig {
    /// `https://host:port` of the office server; left out, the device finds it by itself.
    pub server: Option<String>,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    pub authority: Option<PathBuf>,
    pub state_dir: Option<PathBuf>,
    /// The language of the clerk.
    #[serde(default = "german")]
    pub language: String,
    /// Who serves at this panel: the office says so when the counter opens. LIMIT: 40 characters, as
    /// many as a head bar can show.
    #[serde(default, deserialize_with = "name_of_clerk")]
    pub clerk: Option<String>,
    #[serde(with = "BesideOthers", default = "beside_others")]
    pub window: WindowSection,
}

impl PanelConfig {
    /// What the file says of the way to the server.
    pub fn way(&self) -> WayConfig {
        WayConfig {
            server: self.server.clone(),
            token: self.token.clone(),
            token_file: self.token_file.clone(),
            authority: self.authority.clone(),
            state_dir: self.state_dir.clone(),
        }
    }
}

/// The `[window]` table of a screen that shares the desk's screen with the office's other programs:
/// it fills it only where the file says so.
#[derive(Deserialize)]
#[serde(remote = "WindowSection", deny_unknown_fields)]
struct BesideOthers {
    #[serde(default)]
    fullscreen: bool,
    width: Option<u32>,
    height: Option<u32>,
    x: Option<i32>,
    y: Option<i32>,
}

fn beside_others() -> WindowSection {
    WindowSection {
        fullscreen: false,
        ..WindowSection::default()
    }
}

const LONGEST_NAME: usize = 40;

fn name_of_clerk<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let name = name.trim();
    let is_short = (1..=LONGEST_NAME).contains(&name.chars().count());
    if is_short && !name.chars().any(char::is_control) {
        return Ok(Some(name.to_owned()));
    }
    let told = format!("clerk is a name of 1 to {LONGEST_NAME} characters on one line");
    Err(D::Error::custom(told))
}

fn german() -> String {
    "de".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn with_window(table: &str) -> WindowSection {
        let file = format!("server = \"http://office:8080\"\ntoken = \"t\"\n{table}");
        let config: PanelConfig = toml::from_str(&file).expect("a good file");
        config.window
    }

    #[test]
    fn a_panel_is_a_window_beside_other_programs_unless_its_file_says_otherwise() {
        assert!(!with_window("").fullscreen);
        assert!(!with_window("[window]").fullscreen);
        let narrow = with_window("[window]\nwidth = 900\nx = 40");
        assert_eq!((narrow.fullscreen, narrow.width), (false, Some(900)));
        assert!(with_window("[window]\nfullscreen = true").fullscreen);
    }

    #[test]
    fn the_packaged_file_is_a_good_one() {
        let file = include_str!("../../assets/config/counter-panel.toml");
        toml::from_str::<PanelConfig>(file).expect("a good file");
    }

    #[test]
    fn a_panel_speaks_german_where_its_file_says_nothing_else() {
        let config: PanelConfig =
            toml::from_str("server = \"http://office:8080\"\ntoken = \"t\"").expect("a good file");
        assert_eq!(config.language, "de");
    }

    #[test]
    fn the_file_may_say_who_serves_and_a_name_is_short_and_on_one_line() {
        let clerk = |line: &str| {
            let file = format!("server = \"http://office:8080\"\ntoken = \"t\"\n{line}");
            toml::from_str::<PanelConfig>(&file).map(|config| config.clerk)
        };
        assert_eq!(clerk(""), Ok(None));
        assert_eq!(clerk("clerk = \" Kim Ö. \""), Ok(Some("Kim Ö.".to_owned())));
        let longest = "Ö".repeat(40);
        assert_eq!(
            clerk(&format!("clerk = \"{longest}\"")),
            Ok(Some(longest.clone()))
        );
        for bad in [format!("{longest}Ö"), " ".to_owned(), "Kim\\nB.".to_owned()] {
            assert!(clerk(&format!("clerk = \"{bad}\"")).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_counter_is_not_the_files_to_say() {
        let file = "server = \"http://office:8080\"\ntoken = \"t\"\ncounter = \"counter-4\"";
        assert!(toml::from_str::<PanelConfig>(file).is_err());
    }
}
