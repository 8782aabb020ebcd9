//! Hands and eyes on an X server: finds windows, looks at them, touches them, presses keys.
//!
//! No window manager runs. Keys go to the window with the input focus, so it is given the focus first.

use anyhow::{Context as _, bail};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat,
    InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::picture::{Picture, Place};

/// The left mouse button, which a touch screen also sends.
const LEFT: u8 = 1;

/// A key by its X keysym.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Key {
    Return = 0xff0d,
    Down = 0xff54,
    F1 = 0xffbe,
    F2 = 0xffbf,
    F3 = 0xffc0,
    F4 = 0xffc1,
    F8 = 0xffc5,
    F9 = 0xffc6,
    F10 = 0xffc7,
    F11 = 0xffc8,
}

/// A connection to an X server.
pub struct Desktop {
    connection: RustConnection,
    root: Window,
}

impl std::fmt::Debug for Desktop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Desktop(root {:#x})", self.root)
    }
}

impl Desktop {
    /// Connects to the server that `display` names.
    pub fn connect(display: &str) -> anyhow::Result<Self> {
        let (connection, screen) = RustConnection::connect(Some(display))
            .with_context(|| format!("connecting to the X server {display}"))?;
        let root = connection.setup().roots[screen].root;
        Ok(Self { connection, root })
    }

    /// The visible window with this title.
    pub fn window(&self, title: &str) -> anyhow::Result<Option<Window>> {
        let mut to_look_at = vec![self.root];
        while let Some(window) = to_look_at.pop() {
            // A window may go while it is looked at: that is no error, it is just not the one.
            if self.title(window)?.as_deref() == Some(title) && self.is_visible(window)? {
                return Ok(Some(window));
            }
            if let Ok(tree) = self.connection.query_tree(window)?.reply() {
                to_look_at.extend(tree.children);
            }
        }
        Ok(None)
    }

    /// Where a window stands on the screen.
    pub fn place(&self, window: Window) -> anyhow::Result<Place> {
        let size = self.connection.get_geometry(window)?.reply()?;
        let at = self
            .connection
            .translate_coordinates(window, self.root, 0, 0)?
            .reply()?;
        Ok(Place {
            x: at.dst_x,
            y: at.dst_y,
            width: size.width,
            height: size.height,
        })
    }

    /// What stands on a part of the screen.
    pub fn picture(&self, place: Place) -> anyhow::Result<Picture> {
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.root,
                place.x,
                place.y,
                place.width,
                place.height,
                u32::MAX,
            )?
            .reply()
            .context("taking a picture of the screen")?;
        Ok(Picture::from_bgrx(
            u32::from(place.width),
            u32::from(place.height),
            &image.data,
        ))
    }

    /// What stands on the whole screen.
    pub fn whole_picture(&self) -> anyhow::Result<Picture> {
        self.picture(self.place(self.root)?)
    }

    /// Touches the screen at a point.
    pub fn touch(&self, x: i16, y: i16) -> anyhow::Result<()> {
        self.fake(MOTION_NOTIFY_EVENT, 0, x, y)?;
        self.fake(BUTTON_PRESS_EVENT, LEFT, 0, 0)?;
        self.fake(BUTTON_RELEASE_EVENT, LEFT, 0, 0)?;
        self.settle()
    }

    /// Presses and releases a key in a window.
    pub fn press(&self, window: Window, key: Key) -> anyhow::Result<()> {
        self.press_symbol(window, key as u32)
    }

    /// Types figures and small letters in a window, one after the other.
    pub fn type_text(&self, window: Window, text: &str) -> anyhow::Result<()> {
        // Of these signs the keysym is the character itself.
        let mut symbols = text.chars().map(u32::from);
        symbols.try_for_each(|symbol| self.press_symbol(window, symbol))
    }

    fn press_symbol(&self, window: Window, symbol: u32) -> anyhow::Result<()> {
        let code = self.key_code(symbol)?;
        self.connection
            .set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?
            .check()
            .context("giving the window the input focus")?;
        self.fake(KEY_PRESS_EVENT, code, 0, 0)?;
        self.fake(KEY_RELEASE_EVENT, code, 0, 0)?;
        self.settle()
    }

    fn fake(&self, event: u8, detail: u8, x: i16, y: i16) -> anyhow::Result<()> {
        self.connection
            .xtest_fake_input(event, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)?
            .check()
            .context("playing an input event")
    }

    /// Returns when the server has worked off everything sent so far.
    fn settle(&self) -> anyhow::Result<()> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }

    fn key_code(&self, symbol: u32) -> anyhow::Result<u8> {
        let (first, last) = (
            self.connection.setup().min_keycode,
            self.connection.setup().max_keycode,
        );
        let map = self
            .connection
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        let columns = usize::from(map.keysyms_per_keycode);
        let row = map
            .keysyms
            .chunks(columns)
            .position(|row| row.contains(&symbol));
        match row.and_then(|row| u8::try_from(row).ok()) {
            Some(row) => Ok(first + row),
            None => bail!("the keyboard has no key for the symbol {symbol:#x}"),
        }
    }

    fn title(&self, window: Window) -> anyhow::Result<Option<String>> {
        let wanted = self.connection.get_property(
            false,
            window,
            AtomEnum::WM_NAME,
            AtomEnum::ANY,
            0,
            256,
        )?;
        Ok(wanted
            .reply()
            .ok()
            .map(|title| String::from_utf8_lossy(&title.value).into_owned()))
    }

    fn is_visible(&self, window: Window) -> anyhow::Result<bool> {
        let state = self.connection.get_window_attributes(window)?.reply();
        Ok(state.is_ok_and(|state| state.map_state == MapState::VIEWABLE))
    }
}
