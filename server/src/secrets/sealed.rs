//! Bytes that only a passphrase opens.
//!
//! ```text
//! "aufruf-secrets" | version 1 | salt, 16 bytes | nonce, 12 bytes | ChaCha20-Poly1305 of the bytes, and its tag
//!                                └── Argon2id: 64 MiB, 3 passes ──▶ key
//! ```
//!
//! All that stands before the bytes is authenticated with them.

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use thiserror::Error;

use crate::ids::random;

const MAGIC: &[u8] = b"aufruf-secrets";
const VERSION: u8 = 1;
const SALT: usize = 16;
const KEY: usize = 32;
/// What trying a passphrase costs, also whoever has the file alone.
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 3;

/// Why it stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealFault {
    #[error("holds no secrets of a backup")]
    NoSecrets,
    #[error("was written by a newer program (version {0}): install that one")]
    Newer(u8),
    #[error("stays closed: the passphrase is another one, or the file was changed")]
    Closed,
}

/// Closes the bytes.
pub(super) fn seal(passphrase: &str, bytes: &[u8]) -> Vec<u8> {
    let (salt, nonce) = (random::<SALT>(), random::<NONCE_LEN>());
    let mut sealed = [MAGIC, &[VERSION], &salt, &nonce].concat();
    let mut text = bytes.to_vec();
    // The key is of this salt alone, so that no nonce is ever used twice with it.
    key(passphrase, &salt)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(&sealed),
            &mut text,
        )
        .expect("secrets of an office are far from the cipher's limit");
    sealed.append(&mut text);
    sealed
}

/// Opens them again.
///
/// # Errors
/// [`SealFault`]: nothing of them is told then.
pub(super) fn open(passphrase: &str, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(SealFault::NoSecrets)?;
    let (&version, rest) = rest.split_first().ok_or(SealFault::NoSecrets)?;
    if version != VERSION {
        return Err(SealFault::Newer(version));
    }
    let (salt, rest) = rest
        .split_first_chunk::<SALT>()
        .ok_or(SealFault::NoSecrets)?;
    let (nonce, text) = rest
        .split_first_chunk::<NONCE_LEN>()
        .ok_or(SealFault::NoSecrets)?;
    let head = &sealed[..sealed.len() - text.len()];
    let mut text = text.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key(passphrase, salt).open_in_place(nonce, Aad::from(head), &mut text);
    let length = opened.map_err(|_| SealFault::Closed)?.len();
    text.truncate(length);
    Ok(text)
}

fn key(passphrase: &str, salt: &[u8; SALT]) -> LessSafeKey {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(KEY)).expect("sound figures");
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = [0; KEY];
    argon
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .expect("a salt and a key of sound lengths");
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).expect("a key of its length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_passphrase_opens_what_was_sealed() {
        let sealed = seal("eine lange Parole", b"the key");
        assert_eq!(open("eine lange Parole", &sealed), Ok(b"the key".to_vec()));
        assert_eq!(open("eine lange parole", &sealed), Err(SealFault::Closed));
        assert_ne!(sealed, seal("eine lange Parole", b"the key"));
        assert!(!sealed.windows(7).any(|bytes| bytes == b"the key"));
    }

    #[test]
    fn a_changed_byte_is_noticed_wherever_it_is() {
        let sealed = seal("eine lange Parole", b"the key");
        for place in [0, MAGIC.len(), MAGIC.len() + 1, 32, 44, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open("eine lange Parole", &changed).is_err(), "{place}");
        }
        for length in [0, 10, MAGIC.len(), 20, 40, sealed.len() - 1] {
            assert!(open("eine lange Parole", &sealed[..length]).is_err());
        }
    }
}
