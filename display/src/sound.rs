//! The chime. A trait, so that tests need no sound card; and the real one, on its own thread.

use std::io::{self, Cursor};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use aufruf_protocol::latest::CallId;
use rodio::source::EmptyCallback;
use rodio::{Decoder, DeviceSinkBuilder, MixerDeviceSink, Player};
use tracing::debug;

use crate::tries::Tries;

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
/// The card is opened anew for each chime: one that was missing or unplugged is found again by itself
/// (after a minute at the latest), and other programs may use it in between.
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
                let mut card = Card::new();
                tell(SoundNews::Card(card.open().map(drop)));
                for call in asked {
                    let outcome = card.open().and_then(|sink| play(&sink));
                    tell(SoundNews::Over(call, outcome));
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

struct Card {
    start: Instant,
    tries: Tries,
}

impl Card {
    #[expect(
        clippy::disallowed_methods,
        reason = "the span between two tries; `Tries` gets it as an argument"
    )]
    fn new() -> Self {
        Self {
            start: Instant::now(),
            tries: Tries::default(),
        }
    }

    fn open(&mut self) -> Result<MixerDeviceSink, String> {
        self.tries.attempt(self.start.elapsed(), open)
    }
}

fn open() -> Result<MixerDeviceSink, String> {
    let mut sink = DeviceSinkBuilder::open_default_sink().map_err(|error| error.to_string())?;
    sink.log_on_drop(false);
    Ok(sink)
}

/// Returns when the last sample has been taken by the sound card.
fn play(sink: &MixerDeviceSink) -> Result<(), String> {
    let chime = Decoder::new_wav(Cursor::new(CHIME)).map_err(|error| error.to_string())?;
    let (ended, end) = mpsc::channel();
    let player = Player::connect_new(sink.mixer());
    player.append(chime);
    player.append(EmptyCallback::new(Box::new(move || {
        // Nobody listens any more when the end came too late.
        let _ = ended.send(());
    })));
    end.recv_timeout(PATIENCE)
        .map_err(|_| "the sound card does not play".to_owned())
}
