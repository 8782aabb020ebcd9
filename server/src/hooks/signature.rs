//! The signature of a webhook's message: HMAC-SHA256 (RFC 2104) over the time and the body.
//!
//! Pure: bytes in, hex out.

use sha2::{Digest, Sha256};

use crate::ids::hex;

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;

/// The header's value: `t=<seconds since 1970>,v1=<hex>`, where the hex is the HMAC of `<seconds>.<body>`. A receiver
/// that looks at the time too cannot be sent an old message again.
pub fn signature(secret: &[u8], seconds: i64, body: &str) -> String {
    let mac = hmac(secret, format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex(&mac))
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message);
    let outer = Sha256::new().chain_update(pad(0x5c));
    outer.chain_update(inner.finalize()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231.
    #[test]
    fn the_published_examples_come_out() {
        let examples: [(Vec<u8>, &[u8], &str); 3] = [
            (
                vec![0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe".to_vec(),
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, message, mac) in examples {
            assert_eq!(hex(&hmac(&key, message)), mac);
        }
    }
}
