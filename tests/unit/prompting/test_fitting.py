"""How prompts fit into the two text encoders, and how they are measured."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from film.prompting import styles, write_prompts
from film.prompting.clip import ClipTokens
from film.prompting.fitting import FIRST, SCENERY, SECOND, Fitted, Kind, Phrase, clauses, fit
from film.prompting.sheets import sheets_of
from film.prompting.tokens import ENCODER_TOKENS, EstimatedTokens
from schemas.enums import RendererName
from schemas.errors import InvalidRequest
from schemas.prompt import KeyframeSpec
from schemas.script import Character
from tests.unit.prompting.breakdowns import breakdown, scene, shot

ESTIMATE = EstimatedTokens()

phrases = st.lists(
    st.builds(
        Phrase,
        text=st.lists(
            st.sampled_from("old woman red coat zyxwv harbour at dusk 3d".split()), min_size=1, max_size=30
        ).map(" ".join),
        kind=st.sampled_from(Kind),
        home=st.sampled_from([FIRST, SECOND]),
    ),
    max_size=40,
)


def parts(fitted: Fitted) -> list[str]:
    return [part for prompt in (fitted.first, fitted.second) for part in prompt.split(", ") if part]


@given(phrases)
def test_no_encoder_gets_more_than_it_reads_and_no_phrase_is_cut_or_lost(offered: list[Phrase]) -> None:
    fitted = fit(offered, ESTIMATE)
    assert ESTIMATE.count(fitted.first) <= ENCODER_TOKENS
    assert ESTIMATE.count(fitted.second) <= ENCODER_TOKENS
    distinct = {(phrase.text, phrase.home): phrase for phrase in offered}
    assert sorted([*parts(fitted), *fitted.left_out]) == sorted(phrase.text for phrase in distinct.values())


@given(phrases)
def test_while_an_identity_is_left_out_no_scenery_is_taken_in(offered: list[Phrase]) -> None:
    people = {phrase.text for phrase in offered if phrase.kind is Kind.IDENTITY}
    others = [phrase for phrase in offered if phrase.kind is Kind.IDENTITY or phrase.text not in people]
    fitted = fit(others, ESTIMATE)
    if people & set(fitted.left_out):
        scenery = {phrase.text for phrase in others if phrase.kind in SCENERY}
        elsewhere = {phrase.text for phrase in others if phrase.kind not in SCENERY}
        assert not (scenery - elsewhere) & set(parts(fitted))


@given(phrases)
def test_the_more_important_phrase_is_left_out_only_where_it_is_longer_than_what_is_left(offered: list[Phrase]) -> None:
    distinct = {phrase.text: phrase for phrase in offered if phrase.kind > Kind.WEATHER or phrase.kind is Kind.ACTION}
    fitted = fit(list(distinct.values()), ESTIMATE)
    for more, less in pairwise(sorted(distinct.values(), key=lambda phrase: phrase.kind)):
        if more.text in fitted.left_out and less.text not in fitted.left_out and more.home == less.home:
            assert ESTIMATE.count(less.text) < ESTIMATE.count(more.text) or less.kind == more.kind


def test_every_shot_of_a_crowded_wordy_film_fits_and_keeps_its_people() -> None:
    action = " ".join(f"Anna runs across wet pier {n}, shouting at ferry {n}, while rain beats down." for n in range(9))
    film = breakdown(
        [scene(0)],
        [
            shot(0, number, action, subjects=("anna", "otto", "rex", "mia")[:number], props=("a lantern", "the rope"))
            for number in range(1, 5)
        ],
    )
    sheets = sheets_of(film)
    for style in styles():
        for prompt, each in zip(
            write_prompts(film, style=style, width=64, height=64, project_seed=0).prompts, film.shots, strict=True
        ):
            both = f"{prompt.positive}, {prompt.positive_2}"
            assert all(sheets[subject].words in both for subject in each.subjects)
            assert "harbour" in prompt.positive_2
            assert prompt.left_out
            for text in (prompt.positive, prompt.positive_2, prompt.negative, prompt.negative_2):
                assert ESTIMATE.count(text) <= ENCODER_TOKENS


def test_a_long_action_is_cut_between_clauses_and_loses_no_word() -> None:
    action = "The old fisherman mends his net, and the dog sleeps while the sea rises. " + "word " * 300
    cut = clauses(action, ESTIMATE)
    assert cut[:3] == ["The old fisherman mends his net", "and the dog sleeps", "while the sea rises"]
    assert all(ESTIMATE.count(clause) <= 36 for clause in cut)
    assert " ".join(cut).split().count("word") == 300


def test_what_the_painter_reads_is_part_of_a_pictures_name_and_the_draughtsmans_names_stay() -> None:
    (prompt,) = write_prompts(
        breakdown([scene(0)], [shot(0, 1, "A.")]), style="noir", width=64, height=64, project_seed=0
    ).prompts
    painted = KeyframeSpec.of(prompt, RendererName.SDXL)
    assert (painted.positive_2, painted.negative_2) == (prompt.positive_2, prompt.negative_2)
    drawn = json.loads(KeyframeSpec.of(prompt, RendererName.STORYBOARD).model_dump_json())
    assert "positive_2" not in drawn
    assert "negative_2" not in drawn


# How long a text is -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bytewise(tmp_path_factory: pytest.TempPathFactory) -> ClipTokens:
    """CLIP's own rules with a vocabulary without a single merge: the most tokens that any vocabulary gives."""
    pytest.importorskip("tokenizers", reason="comes with the extra gpu")
    folder = tmp_path_factory.mktemp("tokenizer")
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(byte) for byte in printable] + [chr(256 + number) for number in range(256 - len(printable))]
    vocabulary = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: index for index, token in enumerate(vocabulary)}), "utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    return ClipTokens(folder)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@example("'sister don't It's 'we")
@example("\x1c\x1dÉǅ 漢字 \u0130 ﷺ 3½Ⅳ e\u0301\u0301 \u0958")
def test_the_bound_never_falls_short_of_clips_rules(bytewise: ClipTokens, text: str) -> None:
    # Without the list of words, which holds for the published vocabulary alone.
    assert EstimatedTokens(known={}).count(text) >= bytewise.count(text)


def test_known_words_count_as_known_and_others_by_their_bytes() -> None:
    assert ESTIMATE.count("an old woman in a red coat") == 7
    assert ESTIMATE.count("zyxqv") == 5
    assert ESTIMATE.count("a, b; 42") == 6
    assert ESTIMATE.count("'sister") == 7
    assert ESTIMATE.count("") == 0


def test_the_words_of_our_styles_are_known() -> None:
    loose = {
        word
        for style in styles().values()
        for phrase in (style.medium, style.lens, style.light, *style.modifiers, *style.negative)
        for word in phrase.replace("-", " ").replace(",", " ").split()
        if word.isalpha() and len(word) > 3 and ESTIMATE.count(word) > max(3, len(word) // 2)
    }
    assert not loose


def test_a_folder_without_a_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"vocab\.json.*STUDIO_TOKENIZER"):
        ClipTokens(tmp_path)


def test_a_vocabulary_counts_as_transformers_does_and_has_a_name(bytewise: ClipTokens) -> None:
    assert bytewise.count("ab, c 12") == 6
    assert bytewise.name.startswith("clip-")
    assert bytewise.name != ESTIMATE.name


# Character sheets -------------------------------------------------------------------------------------------------


def test_a_person_is_described_by_the_same_words_in_all_shots() -> None:
    film = breakdown(
        [
            scene(0),
            scene(1, time_of_day="night", weather="rain"),
            scene(2, place="room", int_ext="int", location="hut"),
        ],
        [
            shot(index, number, f"Action {index} {number}.", size=size, subjects=subjects)
            for index in range(3)
            for number, (size, subjects) in enumerate(
                [("WS", ("anna", "otto")), ("CU", ("otto",)), ("MS", ("mia", "anna"))], 1
            )
        ],
    )
    sheets = sheets_of(film)
    for prompt, each in zip(
        write_prompts(film, style="anime", width=64, height=64, project_seed=0).prompts, film.shots, strict=True
    ):
        both = f"{prompt.positive}, {prompt.positive_2}"
        assert all(both.count(sheets[subject].words) == 1 for subject in each.subjects)
        absent = {person.id for person in film.characters} - set(each.subjects)
        assert not any(sheets[person].words in both for person in absent)


def test_clothes_that_are_told_later_are_worn_from_the_first_shot_on() -> None:
    plain = breakdown(
        [scene(0)],
        [shot(0, 1, "Zoe waits.", subjects=("zoe",)), shot(0, 2, "Zoe, in a green coat, leaves.", subjects=("zoe",))],
    )
    film = plain.model_copy(
        update={"characters": (*plain.characters, Character(id="zoe", name="ZOE", description="a woman of thirty"))}
    )
    first, second = write_prompts(film, style="anime", width=64, height=64, project_seed=0).prompts
    words = sheets_of(film)["zoe"].words
    assert "green" in words
    assert words in first.positive
    assert words in second.positive
    assert first.picture.figures[0].look == second.picture.figures[0].look


def test_clothes_of_the_introduction_stand_and_other_peoples_clothes_are_not_taken() -> None:
    before = sheets_of(breakdown([scene(0)], [shot(0, 1, "Anna waits.")]))
    after = sheets_of(
        breakdown(
            [scene(0)], [shot(0, 1, "Anna, in a green coat, leaves."), shot(0, 2, "Mia sees Otto in a pink dress.")]
        )
    )
    assert before == after
