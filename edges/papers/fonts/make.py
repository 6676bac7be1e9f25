#!/usr/bin/env python3
"""Cuts the faces of the PDF out of the Noto fonts, so that a build needs no fonts and no network.

    python3 -m venv venv && venv/bin/pip install fonttools==4.*
    apt-get install fonts-noto-core fonts-noto-cjk
    venv/bin/python edges/papers/fonts/make.py

Reads the fonts of those two Debian packages and every text of locales/, books/ and deals/; writes the four faces and
`source.toml` beside this file. The same inputs give the same bytes.
"""

import hashlib
import pathlib

from fontTools import subset, version
from fontTools.ttLib import TTCollection, TTFont

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NOTO = pathlib.Path("/usr/share/fonts/truetype/noto")
CJK = pathlib.Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE = 2  # of the ten faces of the collection

LATIN = [
    (0x20, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x25A0, 0x25FF), (0xFFFD, 0xFFFD),
]
ARABIC = [(0x20, 0x20), (0x600, 0x6FF), (0x200C, 0x200F)]


def span(ranges):
    return {code for first, last in ranges for code in range(first, last + 1)}


def gb2312():
    out = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                out.add(ord(bytes([lead, trail]).decode("gb2312")))
            except (UnicodeDecodeError, TypeError):
                pass
    return out


def used():
    """Every character that our own texts hold, and that is not Latin."""
    out = set()
    for folder, endings in [("locales", (".ftl",)), ("books", (".csv", ".toml")), ("deals", (".md", ".csv"))]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings:
                out |= {ord(letter) for letter in path.read_text(encoding="utf-8", errors="ignore")}
    return {code for code in out if code >= 0x2000}


def cut(font, codes, name, features):
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "DSIG", "STAT", "MVAR", "meta"] if not features else []
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    path = HERE / name
    font.save(path, reorderTables=True)
    return path, len(font.getGlyphOrder())


def main():
    latin = span(LATIN)
    hanzi = (gb2312() | used() | span([(0x3000, 0x303F), (0xFF00, 0xFFEF), (0x2460, 0x2473)])) - span(LATIN[:6])
    jobs = [
        (NOTO / "NotoSans-Regular.ttf", None, latin, "periplus-latin.ttf", ["kern", "mark", "mkmk", "ccmp", "locl"]),
        (NOTO / "NotoSans-Bold.ttf", None, latin, "periplus-latin-bold.ttf", ["kern", "mark", "mkmk", "ccmp", "locl"]),
        (NOTO / "NotoSansArabic-Regular.ttf", None, span(ARABIC), "periplus-arabic.ttf",
         ["init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "mark", "mkmk", "kern", "curs"]),
        (CJK, SIMPLIFIED_CHINESE, hanzi, "periplus-cjk.otf", []),
    ]
    lines = [
        'title = "Faces of the PDF, cut from Noto Sans, Noto Sans Arabic and Noto Sans CJK SC"',
        'publisher = "Google LLC (Noto Sans, Noto Sans Arabic); Adobe (Noto Sans CJK)"',
        'licence = "OFL-1.1"',
        'licence_url = "https://openfontlicense.org"',
        'made_by = "edges/papers/fonts/make.py"',
        f'how = "fontTools {version}: Latin, Greek, Cyrillic, Arabic; GB 2312 level 1 and 2 and every character of locales/, books/ and deals/; hints taken out"',
    ]
    for source, index, codes, name, features in jobs:
        font = TTFont(source) if index is None else TTCollection(source).fonts[index]
        version_name = font["name"].getDebugName(5).split(";")[0]
        path, glyphs = cut(font, codes, name, features)
        made = hashlib.sha256(path.read_bytes()).hexdigest()
        read = hashlib.sha256(source.read_bytes()).hexdigest()
        lines += [
            "", "[[face]]", f'file = "{name}"', f"glyphs = {glyphs}", f"bytes = {path.stat().st_size}", f'sha256 = "{made}"',
            f'from = "{source.name}"', f'from_sha256 = "{read}"', f'from_version = "{version_name}"',
        ]
        print(name, glyphs, path.stat().st_size)
    (HERE / "source.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
