//! The agent's config file; the crate's front page shows one in full.

use std::path::PathBuf;

use aufruf_client::{Token, WayConfig};
use serde::Deserialize;

use crate::alphabet::{CodePage, USUAL_PAGES};
use crate::encoder::HighBytes;
use crate::layout::Paper;
use crate::transport::{FileTransport, SerialTransport, TcpTransport, Transport};

/// `printer.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `https://host:port` of the office server; left out, the device finds it by itself.
    pub server: Option<String>,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    pub authority: Option<PathBuf>,
    pub state_dir: Option<PathBuf>,
    /// Where the agent remembers its jobs.
    pub spool_dir: PathBuf,
    #[serde(default)]
    paper_mm: PaperWidth,
    /// Letters of normal size in one line, where the printer has other than most of its width.
    columns: Option<Columns>,
    #[serde(default = "usual_pages")]
    code_pages: Vec<CodePage>,
    /// For printers that read two high bytes as one Chinese letter.
    #[serde(default)]
    double_byte: bool,
    transport: TransportSection,
}

/// The paper rolls there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
enum PaperWidth {
    #[default]
    Mm80,
    Mm58,
}

impl TryFrom<u16> for PaperWidth {
    type Error = String;

    fn try_from(mm: u16) -> Result<Self, String> {
        match mm {
            80 => Ok(Self::Mm80),
            58 => Ok(Self::Mm58),
            other => Err(format!("paper is 80 or 58 mm wide, not {other}")),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
struct Columns(usize);

impl TryFrom<u16> for Columns {
    type Error = String;

    fn try_from(columns: u16) -> Result<Self, String> {
        if (16..=96).contains(&columns) {
            Ok(Self(usize::from(columns)))
        } else {
            Err(format!("columns are 16 to 96, not {columns}"))
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum TransportSection {
    Tcp { address: String },
    Serial { port: String, baud: u32 },
    File { path: PathBuf },
}

impl Config {
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

    pub fn paper(&self) -> Paper {
        let usual = match self.paper_mm {
            PaperWidth::Mm80 => 48,
            PaperWidth::Mm58 => 32,
        };
        Paper {
            columns: self.columns.map_or(usual, |columns| columns.0),
            pages: self.code_pages.clone(),
        }
    }

    pub fn high_bytes(&self) -> HighBytes {
        if self.double_byte {
            HighBytes::ReadInPairs
        } else {
            HighBytes::Letters
        }
    }

    pub fn transport(&self) -> Box<dyn Transport> {
        match &self.transport {
            TransportSection::Tcp { address } => Box::new(TcpTransport::new(address)),
            TransportSection::Serial { port, baud } => Box::new(SerialTransport::new(port, *baud)),
            TransportSection::File { path } => Box::new(FileTransport::new(path)),
        }
    }
}

fn usual_pages() -> Vec<CodePage> {
    USUAL_PAGES.to_vec()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use aufruf_client::config::load;

    use super::*;

    const HEAD: &str = "server = \"http://office\"\ntoken = \"abc\"\nspool_dir = \"/spool\"\n";

    fn read(rest: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("printer.toml");
        fs::write(&path, format!("{HEAD}{rest}")).expect("a file");
        load(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn a_short_file_is_an_80_mm_printer_with_the_usual_pages() {
        let config =
            read("[transport]\ntype = \"tcp\"\naddress = \"printer:9100\"\n").expect("a good file");
        assert_eq!(config.paper().columns, 48);
        assert_eq!(config.paper().pages, USUAL_PAGES);
        assert_eq!(config.high_bytes(), HighBytes::Letters);
        assert_eq!(config.transport().place(), "printer:9100");
    }

    #[test]
    fn paper_pages_and_ports_are_taken_from_the_file() {
        let config = read(
            "paper_mm = 58\ncode_pages = [\"PC866\", \"WPC1252\"]\ndouble_byte = true\n\
             [transport]\ntype = \"serial\"\nport = \"/dev/ttyS0\"\nbaud = 19200\n",
        )
        .expect("a good file");
        assert_eq!(config.paper().columns, 32);
        assert_eq!(config.paper().pages, [CodePage::Pc866, CodePage::Wpc1252]);
        assert_eq!(config.high_bytes(), HighBytes::ReadInPairs);
        assert_eq!(config.transport().place(), "/dev/ttyS0");
        let narrow = read("columns = 42\n[transport]\ntype = \"file\"\npath = \"/dev/usb/lp0\"\n");
        assert_eq!(narrow.expect("a good file").paper().columns, 42);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let tcp = "[transport]\ntype = \"tcp\"\naddress = \"p:9100\"\n";
        let paper = read(&format!("paper_mm = 76\n{tcp}")).expect_err("no such paper");
        assert!(
            paper.contains(":4: paper is 80 or 58 mm wide, not 76"),
            "{paper}"
        );
        let key = read(&format!("paper = 80\n{tcp}")).expect_err("no such key");
        assert!(key.contains(":4: unknown field `paper`"), "{key}");
        assert!(key.contains("did you mean `paper_mm`?"), "{key}");
        let baud = read(&format!("{tcp}baud = 9600\n")).expect_err("tcp has no speed");
        assert!(baud.contains("unknown field `baud`"), "{baud}");
        assert!(read("").expect_err("no transport").contains("`transport`"));
    }

    #[test]
    fn the_example_file_is_a_good_one_and_shows_the_usual_printer() {
        let example = include_str!("../../assets/config/printer.toml");
        let config: Config = toml::from_str(example).expect("a good file");
        assert_eq!(config.paper().columns, 48);
        assert_eq!(config.paper().pages, USUAL_PAGES);
        let narrow = example.replace("#columns", "columns");
        let config: Config = toml::from_str(&narrow).expect("a good file");
        assert_eq!(config.paper().columns, 42);
    }
}
