//! Which calls each frame shows, until it is known which frame was drawn.

use std::collections::VecDeque;

use aufruf_protocol::latest::CallId;

use super::wall::Wall;

/// The number of a frame; a later one is larger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frame(pub i32);

/// LIMIT: as many frames may wait to be drawn; a screen that is that far behind draws nothing at all,
/// and the latest frame holds all that is still to be shown.
const UNDRAWN: usize = 64;

#[derive(Debug, Default)]
pub(crate) struct Frames {
    last: Frame,
    shown: Option<Wall>,
    undrawn: VecDeque<(Frame, Vec<CallId>)>,
}

impl Frames {
    /// The frame of a wall that differs from the last one.
    pub(crate) fn next(&mut self, wall: &Wall) -> Option<Frame> {
        if self.shown.as_ref() == Some(wall) {
            return None;
        }
        self.last = Frame(self.last.0 + 1);
        let listed = wall.list.iter().map(|row| row.call);
        let mut calls: Vec<CallId> = listed
            .chain(wall.current.as_ref().map(|current| current.call))
            .collect();
        calls.sort_unstable();
        self.undrawn.push_back((self.last, calls));
        if self.undrawn.len() > UNDRAWN {
            self.undrawn.pop_front();
        }
        self.shown = Some(wall.clone());
        Some(self.last)
    }

    /// The calls that the frame shows, in their order. Frames before it were never drawn.
    pub(crate) fn drawn(&mut self, frame: Frame) -> Vec<CallId> {
        while let Some((undrawn, calls)) = self.undrawn.pop_front() {
            if undrawn == frame {
                return calls;
            }
            if undrawn > frame {
                self.undrawn.push_front((undrawn, calls));
                break;
            }
        }
        Vec::new()
    }
}
