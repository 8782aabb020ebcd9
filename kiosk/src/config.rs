//! The kiosk's config file: what differs from one box to the next.

use std::path::PathBuf;

use aufruf_client::Token;
use aufruf_ui::WindowSection;
use serde::Deserialize;

/// `kiosk.toml`. Which printer is its own, the server knows from the token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskConfig {
    /// `http://host:port` of the office server.
    pub server: String,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    #[serde(default)]
    pub window: WindowSection,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_fills_its_screen_where_its_file_says_nothing_else() {
        let config: KioskConfig =
            toml::from_str("server = \"http://office:8080\"\ntoken = \"t\"").expect("a good file");
        assert!(config.window.fullscreen);
    }

    #[test]
    fn the_printer_is_not_the_files_to_say() {
        let file = "server = \"http://office:8080\"\ntoken = \"t\"\nprinter = \"printer-1\"";
        assert!(toml::from_str::<KioskConfig>(file).is_err());
    }

    #[test]
    fn the_file_that_is_handed_out_is_one_that_a_kiosk_reads() {
        let file = include_str!("../../assets/config/kiosk.toml");
        let config: KioskConfig = toml::from_str(file).expect("a good file");
        assert!(config.token.is_none(), "a token is a secret of one kiosk");
        assert!(config.token_file.is_some());
    }
}
