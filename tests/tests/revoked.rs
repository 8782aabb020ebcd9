//! A device that may not connect any more is cut off at once, with its line open; let in again, it comes back
//! by itself.

use std::time::Duration;

use aufruf_tests::away::{is_back, says_away};
use aufruf_tests::office::TestOffice;

/// From the command to the dark screen.
const WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn a_display_that_is_revoked_is_cut_off_and_comes_back_when_it_is_let_in_again()
-> anyhow::Result<()> {
    let office = TestOffice::opens().with_display().start().await?;
    is_back(office.display(), "the display is connected").await?;
    office.revokes("display-1").await?;
    says_away(
        office.display(),
        WITHIN,
        "the display says that it has lost the server",
    )
    .await?;
    office.lets_devices_in().await?;
    is_back(office.display(), "the display is back").await?;
    office.closes().await
}
