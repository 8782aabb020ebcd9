//! The display's config file.
//!
//! ```toml
//! server = "https://192.168.1.10:8443"       # left out, the network tells
//! state_dir = "/var/lib/aufruf-display"      # left out, as the service manager says
//! [window]                                   # only where the display does not fill the screen
//! fullscreen = false
//! width = 1920
//! height = 1080
//! ```

use std::path::PathBuf;

use aufruf_client::{Token, WayConfig};
use aufruf_ui::WindowSection;
use serde::Deserialize;

/// What differs from one display to the next. All else comes from the server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayConfig {
    /// `https://host:port` of the office server; left out, the device finds it by itself.
    pub server: Option<String>,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    pub authority: Option<PathBuf>,
    pub state_dir: Option<PathBuf>,
    #[serde(default)]
    pub window: WindowSection,
}

impl DisplayConfig {
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
    fn a_display_fills_its_screen_unless_the_file_says_otherwise() {
        let short = "server = \"http://a\"\ntoken = \"x\"\n";
        let config: DisplayConfig = toml::from_str(short).expect("a good file");
        assert!(config.window.fullscreen);
        let window = format!("{short}[window]\nfullscreen = false\nwidth = 1280\n");
        let config: DisplayConfig = toml::from_str(&window).expect("a good file");
        assert_eq!(
            (config.window.fullscreen, config.window.width),
            (false, Some(1280))
        );
    }

    #[test]
    fn the_example_file_is_a_good_one_also_with_what_is_commented_out() {
        let example = include_str!("../../assets/config/display.toml");
        let config: DisplayConfig = toml::from_str(example).expect("a good file");
        assert!(config.window.fullscreen && config.token.is_none());
        // A key that is commented out has no blank after its sign.
        let key = |line: &str| line.starts_with('#') && !line.starts_with("# ");
        let full: String = example
            .lines()
            .map(|line| if key(line) { &line[1..] } else { line })
            .flat_map(|line| [line, "\n"])
            .collect();
        let config: DisplayConfig = toml::from_str(&full).expect("a good file");
        assert!(config.window.x.is_some() && config.window.height.is_some());
    }
}
