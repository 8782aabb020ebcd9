#!/usr/bin/env python3
"""Makes chime.wav: three soft tones going down, 48 kHz, 16 bit, mono. Needs nothing but Python.

Each tone is a fundamental with two quieter overtones that fade sooner, as of a struck bar. It begins and
ends at zero, so that it never clicks, and a moment of silence follows, so that a sound card that is
closed at the end has played it all. Nothing runs this at build time: the result is committed.
"""

import array
import math
import pathlib
import sys
import wave

RATE = 48_000
SECONDS = 1.6
SILENCE_SECONDS = 0.25
# The loudest sample, of 1; the loudspeaker's own volume does the rest.
PEAK = 0.7
# When a tone begins (s) and its pitch (Hz): G5, E5, C5.
TONES = ((0.0, 783.99), (0.28, 659.26), (0.56, 523.25))
# Multiple of the pitch, loudness, and how soon it fades (1/s).
PARTIALS = ((1.0, 1.0, 4.5), (2.0, 0.22, 7.0), (3.0, 0.08, 11.0))
ATTACK_SECONDS = 0.012
RELEASE_SECONDS = 0.15


def tone(pitch: float, t: float) -> float:
    """One struck tone, t seconds after its beginning."""
    if t < 0:
        return 0.0
    attack = min(1.0, t / ATTACK_SECONDS)
    return attack * sum(
        loudness * math.exp(-fade * t) * math.sin(2 * math.pi * pitch * multiple * t)
        for multiple, loudness, fade in PARTIALS
    )


def sample(index: int) -> float:
    t = index / RATE
    release = min(1.0, (SECONDS - t) / RELEASE_SECONDS)
    return release * sum(tone(pitch, t - begin) for begin, pitch in TONES)


def main() -> None:
    samples = [sample(index) for index in range(int(RATE * SECONDS))]
    loudest = max(map(abs, samples))
    pcm = array.array("h", (round(s / loudest * PEAK * 32_767) for s in samples))
    if sys.byteorder == "big":
        pcm.byteswap()
    pcm.extend([0] * int(RATE * SILENCE_SECONDS))
    with wave.open(str(pathlib.Path(__file__).with_name("chime.wav")), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(pcm.tobytes())


if __name__ == "__main__":
    main()
