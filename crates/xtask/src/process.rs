//! Running other programs: shown, captured, or copied into a log.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Shows the command line and runs it; a program that fails is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("\n$ {}", line(command));
    let status = command
        .status()
        .with_context(|| format!("starting {}", line(command)))?;
    ensure!(status.success(), "{} ended with {status}", line(command));
    Ok(())
}

/// What the program printed on its standard output; a program that fails is an error with what it said.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("starting {}", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} ended with {}: {}",
            line(command),
            output.status,
            said.trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("reading what {} said", line(command)))
}

/// Whether the program can be started and succeeds; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs the program, shows its standard output line by line and keeps a copy in `log`.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<()> {
    println!("\n$ {}", line(command));
    let mut copy = File::create(log).with_context(|| format!("creating {}", log.display()))?;
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", line(command)))?;
    let stdout = child.stdout.take().expect("stdout was asked to be piped");
    for text in BufReader::new(stdout).split(b'\n') {
        let mut text = text.context("reading the program's output")?;
        text.push(b'\n');
        copy.write_all(&text)
            .with_context(|| format!("writing {}", log.display()))?;
        std::io::stdout()
            .write_all(&text)
            .context("showing the program's output")?;
    }
    let status = child.wait().context("waiting for the program")?;
    ensure!(status.success(), "{} ended with {status}", line(command));
    Ok(())
}

/// The command as a person would type it, cut where it gets long.
fn line(command: &Command) -> String {
    const MAX_CHARS: usize = 240;
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().replace('\n', " "))
        .collect();
    let text = words.join(" ");
    match text.char_indices().nth(MAX_CHARS) {
        Some((cut, _)) => format!("{} …", &text[..cut]),
        None => text,
    }
}
