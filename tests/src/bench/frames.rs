//! WebSocket frames, as far as a listening client needs them (RFC 6455): whole messages in, masked ones out.
//!
//! Pure: bytes in, frames out.

use anyhow::{bail, ensure};

/// LIMIT: a snapshot of the largest office is well below.
const LONGEST: usize = 8 << 20;

/// One message, borrowed from what came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    Text(&'a [u8]),
    Ping(&'a [u8]),
    Close,
    Other,
}

/// What came in and was not looked at yet.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    /// Where the next frame begins.
    at: usize,
}

impl Incoming {
    /// Where more is read into.
    pub(super) fn room(&mut self) -> &mut Vec<u8> {
        self.bytes.drain(..self.at);
        self.at = 0;
        self.bytes.reserve(512);
        &mut self.bytes
    }

    /// The next whole frame.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<Frame<'_>>> {
        let Some((opcode, head, length)) = head_of(&self.bytes[self.at..])? else {
            return Ok(None);
        };
        let begin = self.at + head;
        let end = begin + length;
        if self.bytes.len() < end {
            return Ok(None);
        }
        self.at = end;
        let payload = &self.bytes[begin..end];
        Ok(Some(match opcode {
            0x1 => Frame::Text(payload),
            0x8 => Frame::Close,
            0x9 => Frame::Ping(payload),
            _ => Frame::Other,
        }))
    }
}

/// Opcode, length of the head and length of the payload; none before the head is whole.
fn head_of(bytes: &[u8]) -> anyhow::Result<Option<(u8, usize, usize)>> {
    let [first, second, rest @ ..] = bytes else {
        return Ok(None);
    };
    ensure!(first & 0x80 != 0, "a message in parts");
    ensure!(second & 0x80 == 0, "a server masks nothing");
    let (head, length) = match second & 0x7F {
        126 => match rest.first_chunk() {
            Some(bytes) => (4, usize::from(u16::from_be_bytes(*bytes))),
            None => return Ok(None),
        },
        127 => match rest.first_chunk() {
            Some(bytes) => (10, usize::try_from(u64::from_be_bytes(*bytes))?),
            None => return Ok(None),
        },
        length => (2, usize::from(length)),
    };
    if length > LONGEST {
        bail!("a message of {length} bytes");
    }
    Ok(Some((first & 0x0F, head, length)))
}

/// A short message of a client. Masked with nothing, which is a mask as well.
pub(super) fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap_or(u8::MAX);
    assert!(length < 126, "clients say little");
    let mut frame = vec![0x80 | opcode, 0x80 | length, 0, 0, 0, 0];
    frame.extend_from_slice(payload);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_once_they_are_whole_whatever_their_length() {
        let (short, long) = (vec![b'a'; 5], vec![b'b'; 300]);
        let mut bytes = vec![0x81, 5];
        bytes.extend(&short);
        bytes.extend([0x89, 1, b'p', 0x81, 126, 1, 44]);
        bytes.extend(&long);
        let mut incoming = Incoming::default();
        let mut seen = Vec::new();
        for byte in bytes {
            incoming.room().push(byte);
            while let Some(frame) = incoming.next().expect("sound frames") {
                seen.push(match frame {
                    Frame::Text(text) => text.to_vec(),
                    Frame::Ping(_) => b"ping".to_vec(),
                    Frame::Close | Frame::Other => Vec::new(),
                });
            }
        }
        assert_eq!(seen, [short, b"ping".to_vec(), long]);
    }
}
