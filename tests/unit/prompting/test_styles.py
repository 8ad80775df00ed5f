"""Styles: ours, and those that users bring."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from film.contact_sheet import contact_sheet
from film.prompting import style_named, styles, write_prompts
from film.render.storyboard import draw_keyframe
from schemas.enums import RendererName
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec
from tests.unit.prompting.breakdowns import breakdown, scene, shot

ASKED_FOR = {
    "cinematic", "anime", "noir", "watercolor", "comic", "3d-animation", "documentary", "claymation", "oil-painting",
    "cyberpunk", "vintage-film", "pencil",
}  # fmt: skip

MINE = """\
title = "Linocut"
medium = "linocut print"
modifiers = ["carved lines"]
negative = ["photograph"]
lens = "flat perspective"
light = "two tones"

[palette]
sky = "#ffffff"
ground = "#222222"
accent = "#aa0000"
shadow = "#000000"
light = "#ffffff"
line = 4.0
"""


def written(folder: Path, text: str, name: str = "linocut.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_styles_that_were_asked_for_are_there_each_with_words_of_its_own() -> None:
    known = styles()
    assert set(known) >= ASKED_FOR
    assert len({style.medium for style in known.values()}) == len(known)
    assert len({style.light for style in known.values()}) == len(known)
    assert all("#" not in word for style in known.values() for word in (style.light, style.lens, *style.modifiers))


def test_each_style_can_be_told_from_every_other_in_the_drawing() -> None:
    film = breakdown([scene(0, weather="clear", time_of_day="day")], [shot(0, 1, "She waits.", size="MS")])
    pictures = {}
    for name in styles():
        (prompt,) = write_prompts(film, style=name, width=160, height=90, project_seed=1).prompts
        png = draw_keyframe(KeyframeSpec.of(prompt, RendererName.STORYBOARD))
        pictures[name] = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR).astype(np.float32)  # type: ignore[union-attr]
    for one, picture in pictures.items():
        others = {other: float(np.abs(picture - drawn).mean()) for other, drawn in pictures.items() if other != one}
        nearest = min(others, key=lambda name: others[name])
        assert others[nearest] > 6, f"{one} looks like {nearest}"


def test_an_unknown_style_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(InvalidRequest, match=r"fresco.*anime.*noir"):
        write_prompts(breakdown([scene(0)], [shot(0, 1, "A.")]), style="fresco", width=64, height=64, project_seed=0)


def test_a_folder_adds_styles_and_may_replace_ours(tmp_path: Path) -> None:
    written(tmp_path, MINE)
    written(tmp_path, MINE, "noir.toml")
    assert set(styles(tmp_path)) == {*styles(), "linocut"}
    assert style_named("noir", tmp_path).title == "Linocut"
    assert style_named("noir").title == "Film noir"


def test_a_style_is_found_by_its_files_path(tmp_path: Path) -> None:
    style = style_named(str(written(tmp_path, MINE)))
    assert (style.name, style.palette.line) == ("linocut", 4.0)


def test_a_mistake_in_one_style_keeps_no_other_away(tmp_path: Path) -> None:
    written(tmp_path, MINE)
    written(tmp_path, "title = 1", "broken.toml")
    assert style_named("linocut", tmp_path).medium == "linocut print"
    with pytest.raises(InvalidRequest, match="broken"):
        styles(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('lens = "flat perspective"\n', "", r"linocut\.toml lacks the key “lens”: one line"),
        ("lens =", "lense =", r"“lens”|“lense”"),
        ("title =", "extra = 1\ntitle =", r"unknown key “extra”; the keys are title, medium, .*palette"),
        ("line = 4.0", "width = 4.0", r"unknown key “palette.width”; the keys in \[palette\] are sky, .*texture"),
        ('sky = "#ffffff"', 'sky = "white"', r"“palette.sky” that cannot be used; it must be a colour as #rrggbb"),
        ("line = 4.0", "line = 40", r"“palette.line” .* a number from 0 to 6"),
        ("line = 4.0", 'texture = "silk"', r"“palette.texture” .* one of none, paper"),
        ('["carved lines"]', "[]", r"“modifiers” .* a list of 1 to 8 texts"),
        ('"carved lines"', '"' + "x" * 81 + '"', r"“modifiers” .* 1 to 80 characters"),
        ('"linocut print"', '"a\\nb"', r"“medium” .* one line"),
        ("title =", 'name = "x"\ntitle =', r"“name”: leave it out"),
        ("title =", "title", r"is not TOML in UTF-8"),
    ],
)
def test_a_mistake_is_said_in_one_sentence_with_file_key_and_what_is_allowed(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    path = written(tmp_path, MINE.replace(before, after, 1))
    with pytest.raises(InvalidRequest, match=says) as caught:
        style_named(str(path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_style_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huge.toml").write_bytes(b"#" * 70_000)
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "deep.toml").write_bytes(b"x = " + b"[" * 60_000)
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    (tmp_path / "Big Name.toml").write_text(MINE, encoding="utf-8")
    for name, says in {
        "huge": "larger than 64 KiB",
        "folder": "cannot be read",
        "latin": "UTF-8",
        "deep": "nested too deeply",
        "Big Name": "small letters",
        "absent": "no style file",
    }.items():
        with pytest.raises(InvalidRequest, match=says):
            style_named(str(tmp_path / f"{name}.toml"))
    with pytest.raises(InvalidRequest, match="STUDIO_STYLES"):
        style_named("noir", tmp_path / "nowhere")


def test_the_contact_sheet_has_a_row_a_style_and_all_differ() -> None:
    chosen = [styles()[name] for name in ("noir", "comic")]
    sheet = cv2.imdecode(np.frombuffer(contact_sheet(chosen), np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None
    upper, lower = np.array_split(sheet[8:-8], 2)
    assert upper.shape[1] > 3 * 384
    assert float(np.abs(upper[:200].astype(int) - lower[-200:].astype(int)).mean()) > 10
