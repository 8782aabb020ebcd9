//! The chime. A trait, so that tests need no sound card; and the real one, on its own thread.

use std::io::{self, Cursor};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use aufruf_protocol::latest::CallId;
use rodio::source::EmptyCallback;
use rodio::{Decoder, DeviceSinkBuilder, MixerDeviceSink, Player};
use tracing::debug;

/// 48 kHz, mono; made by `assets/chimes/make.py`.
const CHIME: &[u8] = include_bytes!("../../assets/chimes/chime.wav");
/// The chime takes less than two seconds; a sound card that needs longer has gone.
const PATIENCE: Duration = Duration::from_secs(6);

/// Something that can sound a call. It tells of the end by [`SoundNews`].
pub trait Sound {
    /// Sounds the chime for the call, after those asked for before.
    fn chime(&self, call: CallId);
}

/// What became of a sound; the error says why there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundNews {
    /// Found at the start: whether there is a sound card.
    Card(Result<(), String>),
    /// The call's chime has ended, or could not be played.
    Over(CallId, Result<(), String>),
}

/// The chime on the machine's sound card.
///
/// The card is opened anew for each chime: one that was missing or unplugged is found again by itself,
/// and other programs may use it in between.
#[derive(Debug)]
pub struct Chime {
    calls: mpsc::Sender<CallId>,
}

impl Chime {
    /// Starts the thread that plays. It ends when the `Chime` is dropped.
    pub fn start(tell: impl Fn(SoundNews) + Send + 'static) -> io::Result<Self> {
        let (calls, asked) = mpsc::channel();
        thread::Builder::new()
            .name("chime".to_owned())
            .spawn(move || {
                tell(SoundNews::Card(open().map(drop)));
                for call in asked {
                    tell(SoundNews::Over(call, play()));
                }
            })?;
        Ok(Self { calls })
    }
}

impl Sound for Chime {
    fn chime(&self, call: CallId) {
        if self.calls.send(call).is_err() {
            debug!(call.id = %call, "the thread of the chime has ended");
        }
    }
}

fn open() -> Result<MixerDeviceSink, String> {
    let mut card = DeviceSinkBuilder::open_default_sink().map_err(|error| error.to_string())?;
    card.log_on_drop(false);
    Ok(card)
}

/// Returns when the last sample has been taken by the sound card.
fn play() -> Result<(), String> {
    let card = open()?;
    let chime = Decoder::new_wav(Cursor::new(CHIME)).map_err(|error| error.to_string())?;
    let (ended, end) = mpsc::channel();
    let player = Player::connect_new(card.mixer());
    player.append(chime);
    player.append(EmptyCallback::new(Box::new(move || {
        // Nobody listens any more when the end came too late.
        let _ = ended.send(());
    })));
    end.recv_timeout(PATIENCE)
        .map_err(|_| "the sound card does not play".to_owned())
}
