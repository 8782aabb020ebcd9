//! The kiosk's config file: what differs from one box to the next.

use std::path::PathBuf;

use aufruf_client::{Token, WayConfig};
use aufruf_ui::WindowSection;
use serde::Deserialize;

/// `kiosk.toml`. Which printer is its own, the server knows from the token.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskConfig {
    /// `https://host:port` of the office server; left out, the device finds it by itself.
    pub server: Option<String>,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    pub authority: Option<PathBuf>,
    pub state_dir: Option<PathBuf>,
    #[serde(default)]
    pub window: WindowSection,
}

impl KioskConfig {
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
        assert!(config.token_file.is_none(), "it makes its own");
    }
}
