//! The server is there and says nothing: its connections are open, and no screen may trust them.

use std::time::Duration;

use aufruf_protocol::latest::CounterKey;
use aufruf_tests::away::{is_back, kiosk_says_away, says_away};
use aufruf_tests::office::TestOffice;
use aufruf_tests::visit::{counter_opens, kiosk_offers};

const COUNTER: &str = "counter-4";
/// A screen says within this time that the server is away.
const SAYS_SO_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_says_within_5_s_that_the_server_is_silent_and_comes_back_by_itself()
-> anyhow::Result<()> {
    let mut office = TestOffice::opens()
        .with_kiosk()
        .with_display()
        .with_panel(COUNTER)
        .start()
        .await?;
    counter_opens(&office, &CounterKey::new(COUNTER)).await?;
    kiosk_offers(office.kiosk()).await?;

    office.server().program().freezes()?;
    tokio::try_join!(
        kiosk_says_away(office.kiosk(), SAYS_SO_WITHIN),
        says_away(
            office.display(),
            SAYS_SO_WITHIN,
            "the display says that the server is silent"
        ),
        says_away(
            office.panel(),
            SAYS_SO_WITHIN,
            "the panel says that the server is silent"
        ),
    )?;

    office.server().program().thaws()?;
    tokio::try_join!(
        kiosk_offers(office.kiosk()),
        is_back(office.display(), "the display comes back by itself"),
        is_back(office.panel(), "the panel comes back by itself"),
    )?;
    office.closes().await
}
