//! The panel's config file: what differs from one counter's box to the next.

use std::path::PathBuf;

use aufruf_client::Token;
use aufruf_ui::WindowSection;
use serde::Deserialize;

/// `counter-panel.toml`. Which counter it is, the server knows from the token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelConfig {
    /// `http://host:port` of the office server.
    pub server: String,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    /// The language of the clerk.
    #[serde(default = "german")]
    pub language: String,
    #[serde(with = "BesideOthers", default = "beside_others")]
    pub window: WindowSection,
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
    fn the_counter_is_not_the_files_to_say() {
        let file = "server = \"http://office:8080\"\ntoken = \"t\"\ncounter = \"counter-4\"";
        assert!(toml::from_str::<PanelConfig>(file).is_err());
    }
}
