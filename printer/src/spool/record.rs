//! What one file of the spool says, and what it is called.

use std::fmt::Write as _;
use std::path::Path;

use aufruf_protocol::latest::{JobId, PrintJob, PrintReport};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SpoolError;

const ENDING: &str = ".json";
/// LIMIT: file systems take names of 255 bytes; a write adds the ending of its temporary file.
const NAME_BYTES: usize = 240;

/// The state of one job. What was to be printed is forgotten with the first byte sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Record {
    /// Here, and not a byte of it has gone out.
    Received {
        job: Box<PrintJob>,
        received_at: Timestamp,
    },
    /// Some, all or none of it is on paper.
    Sending { job: JobId, begun_at: Timestamp },
    /// The last word is spoken.
    Done {
        report: PrintReport,
        ended_at: Timestamp,
    },
}

/// The name of a job's file: its id, with `%` and two digits for what names of files may not hold.
pub(super) fn file_name(id: &JobId) -> Result<String, SpoolError> {
    let mut name = String::with_capacity(id.as_str().len() + ENDING.len());
    for byte in id.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            name.push(char::from(byte));
        } else {
            name.push('%');
            write!(name, "{byte:02x}").expect("writing to a String cannot fail");
        }
    }
    name.push_str(ENDING);
    if name.len() > NAME_BYTES {
        return Err(SpoolError::IdTooLong);
    }
    Ok(name)
}

/// The job a file is of; none where it is no file of a job.
pub(super) fn job_of(path: &Path) -> Option<JobId> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    let mut parts = name.split('%');
    let mut id = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        id.push(u8::from_str_radix(digits, 16).ok()?);
        id.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(id).ok().map(JobId::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_found_again_by_the_name_of_its_file() {
        for id in ["0190-1", "../../etc/passwd", "a%2fb", "ü 1", ""] {
            let id = JobId::new(id);
            let name = file_name(&id).expect("a name");
            assert!(!name.contains(['/', ' ']), "{name}");
            assert_eq!(job_of(Path::new("/spool").join(name).as_path()), Some(id));
        }
        assert_eq!(job_of(Path::new("/spool/lock")), None);
    }

    #[test]
    fn an_id_that_no_file_can_have_is_refused() {
        let long = JobId::new("x".repeat(300));
        assert!(matches!(file_name(&long), Err(SpoolError::IdTooLong)));
    }
}
