//! A box with the server's program and its configuration, for tests that call it as people do.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The box. Its data are made when somebody asks for them.
pub(crate) struct OfficeBox {
    pub(crate) folder: TempDir,
}

impl OfficeBox {
    /// With a folder for backups, and without data.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path().display();
        let config = format!(
            "listen = \"127.0.0.1:0\"\ndata_dir = \"{here}/data\"\n[backup]\nfolder = \"{here}/backups\"\n"
        );
        fs::write(folder.path().join("server.toml"), config).expect("a file in it");
        Self { folder }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Calls the program with the box's configuration.
    pub(crate) fn calls(&self, arguments: &[&str]) -> Output {
        let config = self.folder.path().join("server.toml");
        Command::new(env!("CARGO_BIN_EXE_aufruf-server"))
            .args(arguments)
            .arg("--config")
            .arg(config)
            .output()
            .expect("the server's own program starts")
    }

    /// What a call prints that does what it should.
    #[track_caller]
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let done = self.calls(arguments);
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).expect("UTF-8")
    }

    /// What a call that failed says.
    #[track_caller]
    pub(crate) fn fault(&self, arguments: &[&str]) -> String {
        let done = self.calls(arguments);
        assert!(!done.status.success(), "{done:?}");
        String::from_utf8(done.stderr).expect("UTF-8")
    }
}
