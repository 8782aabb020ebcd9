//! The disk's own speed: what the smallest durable write costs where the office's files lie.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;
use tokio::time::Instant;

use super::Sample;

const WRITES: usize = 500;

/// What a write and its fsync take.
#[derive(Debug)]
pub struct DiskSpeed {
    pub folder: PathBuf,
    pub fsync: Sample,
}

/// Appends one page after the other to a file, each with an fsync.
pub fn disk_speed(folder: &Path) -> anyhow::Result<DiskSpeed> {
    let mut file = NamedTempFile::new_in(folder).context("making a file to measure the disk")?;
    let mut durations = Vec::with_capacity(WRITES);
    for _ in 0..WRITES {
        let begin = Instant::now();
        file.write_all(&[0x5a; 4096])
            .context("writing to the disk")?;
        file.as_file().sync_all().context("waiting for the disk")?;
        durations.push(begin.elapsed());
    }
    Ok(DiskSpeed {
        folder: folder.to_owned(),
        fsync: Sample::of(durations),
    })
}
