//! How a screen says that the server is away, and that it is back: seen by the colours that mean it.

use std::time::Duration;

use crate::office::{PATIENCE, Screen};
use crate::picture::Colour;
use crate::visit::PAPER;
use crate::wait::until;

/// The colour of what is wrong. The bar in it is as wide as the screen, with words on it.
const WRONG: Colour = [0xb3, 0x26, 0x1e];
/// Rows of it above its words.
const BAR_ROWS: u32 = 4;

/// Waits until a display or a panel shows its bar.
pub async fn says_away(screen: &Screen, within: Duration, what: &str) -> anyhow::Result<()> {
    until(what, within, async || Ok(has_bar(screen)?.then_some(()))).await
}

/// Waits until a display or a panel shows no bar any more.
pub async fn is_back(screen: &Screen, what: &str) -> anyhow::Result<()> {
    until(what, PATIENCE, async || {
        Ok((!has_bar(screen)?).then_some(()))
    })
    .await
}

/// Waits until a kiosk that offered services offers none any more.
pub async fn kiosk_says_away(kiosk: &Screen, within: Duration) -> anyhow::Result<()> {
    until(
        "the kiosk says that the server is away",
        within,
        async || Ok((kiosk.background()? != Some(PAPER)).then_some(())),
    )
    .await
}

/// A bar reaches from edge to edge: near both of them it begins at the same height.
fn has_bar(screen: &Screen) -> anyhow::Result<bool> {
    let left = screen.column(5)?.field_of(WRONG, 1, BAR_ROWS);
    let right = screen.column(95)?.field_of(WRONG, 1, BAR_ROWS);
    Ok(left.is_some() && left == right)
}
