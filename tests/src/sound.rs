//! A sound card made of a pipe: hears what a program plays, at the pace at which a card would take it.
//!
//! ALSA's `file` plug-in writes raw samples into a named pipe over the `null` device. `null` takes any
//! amount at once; the pipe holds a tenth of a second and is emptied 48,000 frames a second, so that
//! a chime takes as long as it sounds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tokio::net::unix::pipe;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::moment::Moment;

const FRAMES_PER_SECOND: usize = 48_000;
/// Two channels of 16 bits.
const FRAME_BYTES: usize = 4;
const TICK: Duration = Duration::from_millis(20);
const BYTES_PER_TICK: usize = FRAMES_PER_SECOND * FRAME_BYTES / 50;
/// What a card buffers, about 85 ms.
const PIPE_BYTES: usize = 16 * 1024;
/// Quieter than this (-60 dB) is silence.
const AUDIBLE: u16 = 32;
/// A sound ends when this much silence follows it.
const GAP_FRAMES: usize = FRAMES_PER_SECOND / 2;
/// LIMIT: a recording keeps ten minutes of sound; what is played after that is not kept.
const KEPT_FRAMES: usize = FRAMES_PER_SECOND * 600;

/// Left and right.
type Frame = [i16; 2];

/// The card: set [`SoundCard::environment`] for the program that is to be heard.
#[derive(Debug)]
pub struct SoundCard {
    config: PathBuf,
    heard: Arc<Mutex<Recording>>,
    listener: JoinHandle<()>,
}

/// One sound between two silences.
#[derive(Debug, Clone)]
pub struct Heard {
    /// When its first audible sample came.
    pub began: Moment,
    frames: Vec<Frame>,
}

#[derive(Debug, Default)]
struct Recording {
    sounds: Vec<Heard>,
    /// Silent frames since the last audible one.
    silent: usize,
    kept: usize,
}

impl SoundCard {
    /// Puts pipe and ALSA configuration into `folder` and listens.
    pub fn plugged_in(folder: &Path) -> anyhow::Result<Self> {
        let fifo = folder.join("sound.pipe");
        mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
            .context("making the sound pipe")?;
        let config = folder.join("asound.conf");
        std::fs::write(&config, alsa_config(&fifo)).context("writing asound.conf")?;
        // Open for both ways: the pipe then never ends when a program closes its sink.
        let receiver = pipe::OpenOptions::new()
            .read_write(true)
            .open_receiver(&fifo)
            .context("opening the sound pipe")?;
        rustix::pipe::fcntl_setpipe_size(&receiver, PIPE_BYTES).context("sizing the sound pipe")?;
        let heard = Arc::new(Mutex::new(Recording::default()));
        let listener = tokio::spawn(listen(receiver, Arc::clone(&heard)));
        Ok(Self {
            config,
            heard,
            listener,
        })
    }

    /// The variable that makes ALSA play into this card.
    pub fn environment(&self) -> (String, OsString) {
        ("ALSA_CONFIG_PATH".to_owned(), self.config.clone().into())
    }

    /// The sounds so far; the last one may still be going on.
    pub fn heard(&self) -> Vec<Heard> {
        lock(&self.heard).sounds.clone()
    }
}

impl Drop for SoundCard {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Heard {
    pub fn length(&self) -> Duration {
        let millis = self.frames.len() * 1_000 / FRAMES_PER_SECOND;
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// The loudest sample, 1 being as loud as the card gets.
    pub fn peak(&self) -> f64 {
        let loudest = self
            .frames
            .iter()
            .flatten()
            .map(|sample| sample.unsigned_abs())
            .max();
        f64::from(loudest.unwrap_or(0)) / 32_768.0
    }

    /// Writes it as WAV.
    pub fn write_wav(&self, path: &Path) -> anyhow::Result<()> {
        let samples = self.frames.as_flattened();
        let mut bytes = wav_header(samples.len() * 2)?;
        bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
    }
}

impl Recording {
    fn pause(&mut self, frames: usize) {
        self.silent = self.silent.saturating_add(frames);
    }

    fn take(&mut self, frame: Frame) {
        let audible = frame.iter().any(|sample| sample.unsigned_abs() >= AUDIBLE);
        if !audible {
            return self.pause(1);
        }
        if self.kept >= KEPT_FRAMES {
            return;
        }
        match self.sounds.last_mut() {
            Some(sound) if self.silent < GAP_FRAMES => {
                sound
                    .frames
                    .extend(std::iter::repeat_n([0; 2], self.silent));
                sound.frames.push(frame);
            }
            _ => self.sounds.push(Heard {
                began: Moment::now(),
                frames: vec![frame],
            }),
        }
        self.kept += 1;
        self.silent = 0;
    }
}

/// What was recorded stays true even if somebody panicked beside it.
fn lock(heard: &Mutex<Recording>) -> MutexGuard<'_, Recording> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(receiver: pipe::Receiver, heard: Arc<Mutex<Recording>>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut buffer = Vec::with_capacity(BYTES_PER_TICK + FRAME_BYTES);
    loop {
        ticks.tick().await;
        let mut fresh = [0; BYTES_PER_TICK];
        let Ok(count) = receiver.try_read(&mut fresh) else {
            // Nothing there: nobody plays, and the loudspeaker is silent for as long.
            lock(&heard).pause(BYTES_PER_TICK / FRAME_BYTES);
            continue;
        };
        buffer.extend_from_slice(&fresh[..count]);
        let whole = buffer.len() / FRAME_BYTES * FRAME_BYTES;
        let mut recording = lock(&heard);
        for frame in buffer[..whole].chunks_exact(FRAME_BYTES) {
            let left = i16::from_le_bytes([frame[0], frame[1]]);
            let right = i16::from_le_bytes([frame[2], frame[3]]);
            recording.take([left, right]);
        }
        drop(recording);
        buffer.drain(..whole);
    }
}

fn alsa_config(fifo: &Path) -> String {
    format!(
        "</usr/share/alsa/alsa.conf>\n\
         pcm.!default {{ type plug slave {{ pcm capture format S16_LE channels 2 rate {FRAMES_PER_SECOND} }} }}\n\
         pcm.capture {{ type file slave.pcm null file \"{}\" format raw }}\n",
        fifo.display()
    )
}

fn wav_header(data_bytes: usize) -> anyhow::Result<Vec<u8>> {
    let data_bytes = u32::try_from(data_bytes).context("a sound beyond 4 GiB")?;
    let rate = u32::try_from(FRAMES_PER_SECOND).context("the rate")?;
    let mut header = Vec::with_capacity(44);
    header.extend(b"RIFF");
    header.extend((36 + data_bytes).to_le_bytes());
    header.extend(b"WAVEfmt ");
    header.extend(16_u32.to_le_bytes());
    header.extend(1_u16.to_le_bytes());
    header.extend(2_u16.to_le_bytes());
    header.extend(rate.to_le_bytes());
    header.extend((rate * 4).to_le_bytes());
    header.extend(4_u16.to_le_bytes());
    header.extend(16_u16.to_le_bytes());
    header.extend(b"data");
    header.extend(data_bytes.to_le_bytes());
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(parts: &[(Frame, usize)]) -> Vec<Heard> {
        let mut recording = Recording::default();
        for (frame, count) in parts {
            (0..*count).for_each(|_| recording.take(*frame));
        }
        recording.sounds
    }

    #[test]
    fn silence_is_no_sound() {
        assert!(recorded(&[([3, -3], FRAMES_PER_SECOND)]).is_empty());
    }

    #[test]
    fn a_short_pause_is_part_of_a_sound_and_a_long_one_ends_it() {
        let tone = [16_384, 0];
        let sounds = recorded(&[
            (tone, 4_800),
            ([0; 2], 4_800),
            (tone, 4_800),
            ([0; 2], FRAMES_PER_SECOND),
            (tone, 480),
        ]);
        let lengths: Vec<_> = sounds
            .iter()
            .map(|sound| sound.length().as_millis())
            .collect();
        assert_eq!(lengths, [300, 10]);
        assert!((sounds[0].peak() - 0.5).abs() < 0.001);
    }
}
