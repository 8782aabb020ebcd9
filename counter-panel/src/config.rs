//! The panel's config file: what differs from one counter's box to the next.

use std::path::PathBuf;

use aufruf_client::Token;
use aufruf_ui::WindowSection;
use serde::Deserialize;

/// `panel.toml`. Which counter it is, the server knows from the token.
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
    #[serde(default)]
    pub window: WindowSection,
}

fn german() -> String {
    "de".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
