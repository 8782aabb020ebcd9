//! After the retention time nobody stands in the log of changes by name any more.

use aufruf_store::{Access, StoreError};
use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use tracing::warn;

use crate::ids::hex;

/// Bytes of a pseudonym: enough to tell the people of one office apart.
const BYTES: usize = 6;

/// Gives pseudonyms to those who changed something more than so many days ago, a few hundred rows at a time. What fails
/// is done the next time.
pub(crate) async fn forget_names(access: &Access, now: Timestamp, keep_days: u32) {
    let access = access.clone();
    let before = now - SignedDuration::from_hours(24 * i64::from(keep_days));
    let forget = move || -> Result<(), StoreError> {
        while access.forget_names_before(before, pseudonym)? {}
        Ok(())
    };
    match tokio::task::spawn_blocking(forget).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => warn!("old names could not be taken out of the log of changes: {fault}"),
        Err(fault) => warn!("taking old names out of the log of changes failed: {fault}"),
    }
}

/// The same for the same name, as long as the key is the same.
fn pseudonym(key: &[u8], name: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let made = hmac::sign(&key, name.as_bytes());
    format!("p-{}", hex(&made.as_ref()[..BYTES]))
}

#[cfg(test)]
mod tests {
    use aufruf_store::By;

    use super::*;

    #[test]
    fn a_pseudonym_belongs_to_one_name_and_one_key() {
        let ada = pseudonym(b"key", "ada");
        assert_eq!(ada, pseudonym(b"key", "ada"));
        assert!(ada.starts_with("p-") && ada.len() == 14, "{ada}");
        assert_ne!(ada, pseudonym(b"key", "bob"));
        assert_ne!(ada, pseudonym(b"another key", "ada"));
    }

    #[tokio::test]
    async fn names_stay_for_as_many_days_as_the_office_keeps_its_own() {
        let dir = tempfile::tempdir().expect("a folder");
        let access = Access::of(dir.path()).expect("made");
        let at: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
        let by = By {
            name: "ada".to_owned(),
            address: "10.0.0.7".to_owned(),
            at,
        };
        access.decline("AAAA-AAAA", &by).expect("asked");
        access.sign_out_everywhere("bob", &by).expect("asked");
        let hours = |hours| at + SignedDuration::from_hours(hours);
        forget_names(&access, hours(2 * 24), 2).await;
        let log = || access.log(9).expect("readable").remove(0);
        assert_eq!((log().by.as_str(), log().about.as_str()), ("ada", "bob"));
        forget_names(&access, hours(2 * 24 + 1), 2).await;
        assert!(log().by.starts_with("p-") && log().about.starts_with("p-"));
        assert_eq!((log().address.as_str(), log().at), ("", at));
        assert_ne!(log().by, log().about);
    }
}
