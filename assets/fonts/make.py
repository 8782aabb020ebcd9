#!/usr/bin/env python3
"""Makes the font files of this folder from the published web fonts.

Usage: make.py FOLDER, the unpacked npm package @fontsource/atkinson-hyperlegible-next (5.3.0).
Needs fonttools and brotli. Nothing runs this at build time: the results are committed.

Each weight is published in two parts (Latin and Latin Extended): they are merged into one file. A second
family, "Atkinson Hyperlegible Next Tabular", has the figures of equal width (the font's `tnum`) as its
own figures, because Slint cannot ask a font for a feature.
"""

import pathlib
import sys
import tempfile

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FAMILY = "Atkinson Hyperlegible Next"
WEIGHTS = {400: "Regular", 600: "SemiBold", 800: "ExtraBold"}
NAMES_WITH_FAMILY = (1, 3, 4, 6, 16)
# Fixed, so that the same input gives the same bytes (seconds since 1904).
MODIFIED = 3_800_000_000


def merged(package: pathlib.Path, weight: int) -> TTFont:
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for part in ("latin", "latin-ext"):
            name = f"atkinson-hyperlegible-next-{part}-{weight}-normal"
            font = TTFont(package / "files" / f"{name}.woff2")
            font.flavor = None
            parts.append(str(pathlib.Path(folder, f"{name}.ttf")))
            font.save(parts[-1])
        return Merger().merge(parts)


def tabular_figures(font: TTFont) -> dict[str, str]:
    """Which glyph stands for which figure under `tnum`."""
    table = font["GSUB"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    swaps: dict[str, str] = {}
    for index in wanted:
        for subtable in table.LookupList.Lookup[index].SubTable:
            swaps |= getattr(subtable, "ExtSubTable", subtable).mapping
    return swaps


def make_tabular(font: TTFont) -> None:
    swaps = tabular_figures(font)
    for table in font["cmap"].tables:
        for char, glyph in table.cmap.items():
            table.cmap[char] = swaps.get(glyph, glyph)
    widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1, f"figures of several widths: {widths}"
    for record in font["name"].names:
        if record.nameID in NAMES_WITH_FAMILY:
            text = str(record).replace(FAMILY, f"{FAMILY} Tabular")
            record.string = text.replace("HyperlegibleNext", "HyperlegibleNextTabular")


def save(font: TTFont, path: pathlib.Path) -> None:
    font.recalcTimestamp = False
    font["head"].modified = MODIFIED
    font.save(path)


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    here = pathlib.Path(__file__).parent
    for weight, style in WEIGHTS.items():
        font = merged(package, weight)
        save(font, here / f"AtkinsonHyperlegibleNext-{style}.ttf")
        make_tabular(font)
        save(font, here / f"AtkinsonHyperlegibleNextTabular-{style}.ttf")


if __name__ == "__main__":
    main()
