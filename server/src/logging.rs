//! Where the server's own log goes: to the journal with its fields where the service manager gives us one, else as
//! lines on standard error.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging for this process. `RUST_LOG` sets the levels; without it, `info` and above is told.
pub fn start() {
    let levels = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A journal that cannot be reached is as good as none: it reads standard error too.
    let journal = is_journal()
        .then(tracing_journald::layer)
        .and_then(Result::ok);
    let lines = journal.is_none().then(|| {
        fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
    });
    // The only error is that logging runs already.
    let _ = tracing_subscriber::registry()
        .with(levels)
        .with(journal)
        .with(lines)
        .try_init();
}

/// Whether standard error is the journal's own stream, as systemd says it.
fn is_journal() -> bool {
    let Some(said) = std::env::var_os("JOURNAL_STREAM") else {
        return false;
    };
    let stderr = io::stderr().as_fd().try_clone_to_owned().map(File::from);
    let stderr = stderr.and_then(|stderr| stderr.metadata());
    stderr.is_ok_and(|stderr| said.to_str().is_some_and(|said| is_same(said, &stderr)))
}

/// `JOURNAL_STREAM` is `device:inode`. What started us may have sent standard error elsewhere since.
fn is_same(said: &str, stderr: &std::fs::Metadata) -> bool {
    let Some((device, inode)) = said.split_once(':') else {
        return false;
    };
    device.parse() == Ok(stderr.dev()) && inode.parse() == Ok(stderr.ino())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stream_that_systemd_names_is_the_journal() {
        let file = tempfile::tempfile().expect("a file");
        let stderr = file.metadata().expect("readable");
        let said = format!("{}:{}", stderr.dev(), stderr.ino());
        assert!(is_same(&said, &stderr));
        for other in [
            "",
            "8",
            "8:x",
            &format!("{}:{}", stderr.dev(), stderr.ino() + 1),
        ] {
            assert!(!is_same(other, &stderr), "{other}");
        }
    }
}
