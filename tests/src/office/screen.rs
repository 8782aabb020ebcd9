//! One of our screens as a process with a window: looked at, touched, and given keys.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde::Serialize;
use tokio::time::Instant;
use x11rb::protocol::xproto::Window;

use super::PATIENCE;
use crate::desktop::{Desktop, Key};
use crate::picture::{Colour, Picture, Place};
use crate::program::Program;
use crate::wait::until;

/// Long enough that an animation or a second redraw would show.
const RESTS_FOR: Duration = Duration::from_millis(300);

/// The `[window]` table of a screen's file.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct WindowSection {
    pub(super) fullscreen: bool,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A program and, on a stage of our own, its window.
#[derive(Debug)]
pub struct Screen {
    program: Program,
    sight: Option<Sight>,
}

#[derive(Debug)]
struct Sight {
    desktop: Arc<Desktop>,
    window: Window,
    place: Place,
}

impl Screen {
    /// A screen that somebody else looks at.
    pub(super) fn unseen(program: Program) -> Self {
        Self {
            program,
            sight: None,
        }
    }

    /// Waits until the program shows a window with this title and has drawn into it.
    pub(super) async fn appears(
        mut program: Program,
        desktop: Arc<Desktop>,
        title: &str,
    ) -> anyhow::Result<Self> {
        let window = until(
            &format!("the window \"{title}\" appears"),
            PATIENCE,
            async || {
                program.must_run()?;
                desktop.window(title)
            },
        )
        .await?;
        until(
            &format!("\"{title}\" draws something"),
            PATIENCE,
            async || {
                program.must_run()?;
                let picture = desktop.picture(desktop.place(window)?)?;
                Ok(picture.shows_something().then_some(()))
            },
        )
        .await?;
        let place = desktop.place(window)?;
        Ok(Self {
            program,
            sight: Some(Sight {
                desktop,
                window,
                place,
            }),
        })
    }

    pub fn program(&mut self) -> &mut Program {
        &mut self.program
    }

    /// What it shows now.
    pub fn picture(&self) -> anyhow::Result<Picture> {
        let sight = self.sight()?;
        sight.desktop.picture(sight.place)
    }

    /// The colour in its upper left corner, where only the background is. A look at one pixel.
    pub fn background(&self) -> anyhow::Result<Option<Colour>> {
        Ok(self.part(0, 1, 1)?.background())
    }

    /// A column of its pixels, one wide, so many percent from its left edge. Cheap: looks that are
    /// to tell a moment must not take one.
    pub fn column(&self, from_left_percent: u16) -> anyhow::Result<Picture> {
        let place = self.sight()?.place;
        let x = u32::from(place.width) * u32::from(from_left_percent) / 100;
        self.part(i16::try_from(x)?, 1, place.height)
    }

    fn part(&self, x: i16, width: u16, height: u16) -> anyhow::Result<Picture> {
        let sight = self.sight()?;
        sight.desktop.picture(Place {
            x: sight.place.x + x,
            y: sight.place.y,
            width,
            height,
        })
    }

    /// What it shows once nothing moves any more.
    pub async fn picture_at_rest(&self) -> anyhow::Result<Picture> {
        let mut last = self.picture()?;
        let mut since = Instant::now();
        until("the screen comes to rest", PATIENCE, async || {
            let picture = self.picture()?;
            if picture != last {
                last = picture;
                since = Instant::now();
                return Ok(None);
            }
            Ok((since.elapsed() > RESTS_FOR).then(|| last.clone()))
        })
        .await
    }

    /// Waits until it shows something clearly else than `before`.
    pub async fn changes_from(
        &self,
        before: &Picture,
        deadline: Duration,
        what: &str,
    ) -> anyhow::Result<()> {
        until(what, deadline, async || {
            Ok((self.picture()?.differs_by_permille(before) >= NOTICEABLE_PERMILLE).then_some(()))
        })
        .await
    }

    /// Waits until it shows what it showed in `before`, but for times of day and figures.
    pub async fn is_back_to(&self, before: &Picture, what: &str) -> anyhow::Result<()> {
        until(what, PATIENCE, async || {
            Ok((self.picture()?.differs_by_permille(before) < SMALL_CHANGE_PERMILLE).then_some(()))
        })
        .await
    }

    /// Touches it at a point of its window.
    pub fn is_touched_at(&self, (x, y): (u32, u32)) -> anyhow::Result<()> {
        let sight = self.sight()?;
        let (x, y) = (i16::try_from(x)?, i16::try_from(y)?);
        if !(0..sight.place.width.cast_signed()).contains(&x)
            || !(0..sight.place.height.cast_signed()).contains(&y)
        {
            bail!("{x}, {y} is outside the window");
        }
        sight.desktop.touch(sight.place.x + x, sight.place.y + y)
    }

    /// Presses a key in its window.
    pub fn gets_key(&self, key: Key) -> anyhow::Result<()> {
        let sight = self.sight()?;
        sight.desktop.press(sight.window, key)
    }

    /// Types figures and small letters in its window.
    pub fn gets_text(&self, text: &str) -> anyhow::Result<()> {
        let sight = self.sight()?;
        sight.desktop.type_text(sight.window, text)
    }

    fn sight(&self) -> anyhow::Result<&Sight> {
        self.sight
            .as_ref()
            .context("this screen stands on somebody's own desktop")
    }
}

/// Another page changes more of a screen than this, a clock that moves on changes less.
const NOTICEABLE_PERMILLE: usize = 5;
/// A call or a list changes more of a screen than this, all its times together change less.
const SMALL_CHANGE_PERMILLE: usize = 30;
