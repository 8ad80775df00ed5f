"""What moderation finds, through disguises, and what it leaves alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.usecases.judge_script import judge_script, judge_style
from film.prompting import style_named
from film.script.folding import fold
from film.script.lexicon import lexicon
from film.script.moderation import describe, moderate, refuse
from infrastructure.settings import Settings
from schemas.errors import InvalidRequest, InvalidScript
from schemas.moderation import ModerationPolicy, Severity, Threshold

EXAMPLES = Path(__file__).parents[3] / "examples"

ALONE = """
Scunthorpe Penistone cockpit cocktail peacock grape grapes grapefruit drape scrape scraped rapeseed assassin classic
therapist psychotherapist analysis essex sussex middlesex unisex sextant sextet dickens hancock shitake buttress
button assume assess bass passage massage mass country accountant raper draper trapeze methane method something
heroine heroines cocoa hitler's-moustache torturous tortoise analogue document molestar beheld forehead nudge
nakedness suicidal porcelain porch sarinda anthracite minority child's children minor-key
""".split()
"""Words that hold others, sound like others, or mean something else."""

HARMLESS = (
    "He shoots the assassin. Blood spreads across the floor. She screams.",
    "They kill the guards, one by one, and set the castle on fire.",
    "She walks on her naked feet, past naked trees. The naked eye sees no naked flame. The wall is bare.",
    "A minor chord. The child runs. Sex and the city, says the poster.",
    "How to make a cake. The kids make a volcano: mix vinegar, heat it to 60 degrees, 20 grams of soda.",
    "The reactor. Eight kilograms of plutonium, that is all a nuclear bomb takes.",
    "He was fifteen years old when the war began. The little girl has six dolls.",
    "F.B.I.! U.S.A. A. B. C. D. and so on. I a m h e r e.",
    "INT. BAR - NIGHT\n\nA 14-year-old whisky. We have sixty kinds of it, minor brands.",
    "'Tis a pity. Don't! It's 4 a.m., 7 p.m. - 3, 2, 1!!! $100, 50% @ home",
)

CODED = {
    "case": "She was RaPeD.",
    "stretched": "raaaaaped",
    "stretched with doubles": "entrailllls",
    "figures": "r4p3d",
    "figure for i": "rap1ng",
    "sign for i": "rap!ng",
    "figure for l": "mo1ester",
    "signs": "t0rtur€d",
    "dollar": "rapi$t",
    "spaces": "he r a p e d her",
    "wide spaces": "r  a  p  e",
    "after an article": "a r a p e",
    "dots": "r.a.p.e.d",
    "hyphens": "r-a-p-e-d",
    "broken by a sign": "ra*ped",
    "emphasis": "**ra**ped",
    "underscores": "_r_a_p_e_d_",
    "zero width": "ra\u200bp\u200ded",
    "soft hyphen": "ra\u00adped",
    "word joiner": "r\u2060a\u2060p\u2060e\u2060d",
    "turned around marks": "\u202era\u202cped",
    "blank letter": "ra\u3164ped",
    "accents": "ràpéd",
    "stacked marks": "r\u0336a\u0336p\u0336e\u0336d\u0336",
    "cyrillic": "rареd",
    "greek": "rαρεd",
    "full width": "ｒａｐｅｄ",
    "mathematical": "𝓻𝓪𝓹𝓮𝓭",
    "circled": "ⓡⓐⓟⓔⓓ",
    "squared": "🆁🅰🅿🅴🅳",
    "flags": "🇷🇦🇵🇪🇩",
    "small capitals": "ʀᴀᴘᴇᴅ",
    "stroked": "rⱥᵽɇđ",
    "possessive": "the rapist’s house",
    "quoted": "“raped”",
    "down the page": "r\na\np\ne\nd",
}


def found(text: str) -> set[tuple[int, str, Severity]]:
    return {(flag.line, flag.category, flag.severity) for flag in moderate(text)}


@pytest.mark.parametrize("word", ALONE)
def test_words_that_hold_others_pass(word: str) -> None:
    assert not found(f"{word} {word.upper()} {word.title()}s, ({word})")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_films_are_full_of_passes(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_the_examples_pass(path: Path) -> None:
    assert not found(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("disguise", CODED)
def test_disguises_are_seen_through(disguise: str) -> None:
    assert {severity for _, _, severity in found(f"INT. BAR\n\n{CODED[disguise]}\n")} <= set(Severity)
    assert found(f"INT. BAR\n\n{CODED[disguise]}\n")


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("A fifteen-year-old girl having sex.", "sexual_minors", "forbidden"),
        ("He has sex with a 14 year old.", "sexual_minors", "forbidden"),
        ("He has s3x with a ch1ld.", "sexual_minors", "forbidden"),
        ("h a s s e x w i t h a c h i l d", "sexual_minors", "forbidden"),
        ("DETECTIVE\nHe was tried for child pornography.", "sexual_minors", "severe"),
        ("Mix the precursor, heat it to 60 degrees: that is sarin.", "mass_weapons", "forbidden"),
        ("Tell me how to make a nerve agent!", "mass_weapons", "severe"),
        ("Gas the immigrants!", "hatred", "severe"),
        ("Heil Hitler!", "hatred", "strong"),
        ("He disembowels the monster.", "gore", "strong"),
        ("She finds the heroin.", "drugs", "mild"),
        ("They have sex.", "sexual", "strong"),
        ("She stands naked by the window.", "sexual", "mild"),
        ("A naked man runs past.", "sexual", "mild"),
    ],
)
def test_categories_and_severities(text: str, category: str, severity: str) -> None:
    assert (category, severity) in {(category, grade.value) for _, category, grade in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "They share explicit and endless sex with a nine year old child.",
        "He has very slow sex with her little girl.",
        "She is having sex, on the floor, with a fifteen-year-old.",
        "He has loud s3x with some ch1ld.",
        "The ten-year-old girl is having wild sex.",
        "A stranger makes tender love to a 12 year old.",
        "A little girl dances slowly and very seductively.",
    ],
)
def test_words_in_between_hide_no_child_from_what_is_refused(text: str) -> None:
    flags = moderate(f"INT. ROOM - DAY\n\n{text}\n")
    assert ("sexual_minors", Severity.FORBIDDEN) in {(flag.category, flag.severity) for flag in flags}
    with pytest.raises(InvalidScript, match=r"sexual content with minors \(line 3\)"):
        refuse(flags, ModerationPolicy(), "The script")


@pytest.mark.parametrize(
    "text",
    [
        "A family doctor explains sex to children in health class.",
        "Every child has sex education in the third year.",
        "They have sex while the child sleeps next door.",
        "They have sex. With a child next door they are quiet.",
        "A child overhears his parents having sex.",
        "Nobody may have sex with a child, says the judge.",
        "He is accused of having brutal sex with a child.",
        "He is having the sex talk with his twelve-year-old.",
        "They have a long conversation on sex with their children.",
        "Grandmother makes them with love, on every child's birthday.",
        "She makes a love potion with the little girl.",
        "They have a house, a dog, and a child with a passion for sextants.",
    ],
)
def test_innocent_neighbours_are_for_a_second_look_at_most(text: str) -> None:
    refuse(moderate(text), ModerationPolicy(), "The script")


def test_steps_of_a_lexicon_of_ones_own_follow_each_other_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[words]\ndrink = ["schnapps"]\ndriving = ["(drives|steers)"]\naside = ["past"]\ntalk = ["never"]\n'
        '[[category]]\nid = "road"\ntitle = "drunk at the wheel"\n[[category.rule]]\nseverity = "forbidden"\n'
        'steps = ["driving", "drink"]\ngaps = [3]\nstops = "aside"\nunless = "talk"\n',
        encoding="utf-8",
    )
    rules = lexicon(tmp_path)
    assert moderate("He drives\nfull of the schnapps.", rules)[0].line == 1
    for passes in (
        "He drives. Schnapps waits.",
        "He drives past a schnapps bar.",
        "He never drives with schnapps.",
        "Schnapps! He drives.",
        "He drives so very far away from schnapps.",
    ):
        assert not moderate(passes, rules), passes


@pytest.mark.parametrize(
    "rule", ['steps = ["a", "b"]', 'steps = ["a"]\nphrases = ["b"]', 'phrases = ["b"]\nstops = "a"']
)
def test_a_rule_of_steps_that_is_none_is_refused_in_a_sentence(tmp_path: Path, rule: str) -> None:
    (tmp_path / "a.toml").write_text(
        f'[words]\na = ["x"]\nb = ["y"]\n[[category]]\nid = "c"\ntitle = "c"\n[[category.rule]]\n'
        f'severity = "mild"\n{rule}\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidRequest, match="has a mistake at"):
        lexicon(tmp_path)


def test_words_of_a_rule_count_only_close_together_and_tell_the_line_of_the_first_list() -> None:
    near = "Mix it.\nHeat it to\n60 degrees:\nsarin."
    assert [(flag.line, flag.severity) for flag in moderate(near)] == [(4, Severity.FORBIDDEN)]
    far = "Mix it.\nHeat it to\n60 degrees:\n" + "word " * 60 + "\nsarin."
    assert not moderate(far)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = "one\n\nthree\u2028still three\x0bstill three raped\n\nmolested, raped\n"
    assert [flag.line for flag in moderate(text)] == [3, 5]


@given(
    st.sampled_from(["he has sex with a child", "she was raped", "how to kill yourself"]),
    st.lists(
        st.tuples(
            st.integers(0, 60), st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\U000e0061\u0301")
        ),
        max_size=40,
    ),
)
def test_nothing_without_width_defeats_it(text: str, insertions: list[tuple[int, str]]) -> None:
    hidden = text
    for at, blank in insertions:
        hidden = hidden[:at] + blank + hidden[at:]
    assert found(hidden) == found(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_and_folding_keeps_its_lines(text: str) -> None:
    assert fold(text).count("\n") == text.count("\n")
    assert all(1 <= line <= text.count("\n") + 1 for line, _, _ in found(text))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.'-\n", max_size=120))
def test_styled_letters_read_as_plain_ones(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalpha() else char for char in text)
    assert fold(wide) == fold(text) == unicodedata.normalize("NFKC", wide)


# Policy -----------------------------------------------------------------------------------------------------------


def settings(**policy: object) -> Settings:
    return Settings.model_validate(policy)


SCRIPT = "INT. BAR - NIGHT\n\nShe was raped.\n\nHe finds the heroin.\n"
FORBIDDEN = "INT. BAR - NIGHT\n\nA 12-year-old having sex.\n"


def test_by_default_only_the_forbidden_is_refused_and_nothing_is_told_of_the_rest() -> None:
    assert judge_script(SCRIPT, "a.fountain", settings()).flags == ()
    with pytest.raises(
        InvalidScript, match=r"^a\.fountain is not filmed here, for sexual content with minors \(line 3\)"
    ):
        judge_script(FORBIDDEN, "a.fountain", settings())


def test_flags_and_reviews_follow_their_thresholds() -> None:
    told = judge_script(SCRIPT, "a", settings(moderation_flag="mild", moderation_review="severe"))
    assert [(flag.line, flag.category) for flag in told.flags] == [(3, "sexual_violence"), (5, "drugs")]
    assert told.review_reason == "Moderation found sexual violence (line 3)."
    only = judge_script(SCRIPT, "a", settings(moderation_review="severe"))
    assert [flag.line for flag in only.flags] == [3]
    assert judge_script(SCRIPT, "a", settings(moderation_flag="mild")).review_reason == ""


def test_off_lets_everything_pass_and_a_stricter_policy_refuses_more() -> None:
    assert judge_script(FORBIDDEN, "a", settings(moderation_refuse="off")).flags == ()
    with pytest.raises(InvalidScript, match=r"drugs \(line 5\)"):
        judge_script(SCRIPT, "a", settings(moderation_refuse="mild"))


def test_a_sentence_names_few_lines_and_counts_the_others() -> None:
    flags = moderate("raped\n" * 6)
    assert describe(flags) == "sexual violence (lines 1, 2, 3 and 3 more)"
    with pytest.raises(InvalidScript):
        refuse(flags, ModerationPolicy(refuse=Threshold.SEVERE), "a")


def test_a_styles_words_are_judged_too() -> None:
    style = style_named("noir")
    judge_style(style, settings())
    with pytest.raises(InvalidRequest, match="“noir”.*minors"):
        judge_style(style.model_copy(update={"medium": "erotic child"}), settings())


def test_an_installation_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "de.toml").write_text(
        '[words]\nwer = ["(alle|sämtliche)"]\n[[category]]\nid = "eigenes"\ntitle = "Eigenes"\n'
        '[[category.rule]]\nseverity = "strong"\nphrases = ["{wer} Schnäpse (trinken|kippen)"]\n',
        encoding="utf-8",
    )
    flags = moderate("Sie wollen sämtliche Schnäpse kippen, and she was raped.", lexicon(tmp_path))
    assert [flag.category for flag in flags] == ["eigenes", "sexual_violence"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[category", "is not TOML"),
        ('[[category]]\nid = "a"\ntitle = "A"\n[[category.rule]]\nseverity = "grave"\nphrases = ["x"]', "severity"),
        ('[[category]]\nid = "a"\ntitle = "A"\n[[category.rule]]\nseverity = "mild"\n', "either phrases or near"),
        ('[[category]]\nid = "a"\ntitle = "A"\n[[category.rule]]\nseverity = "mild"\nphrases = ["{x}"]', "list “x”"),
        (
            '[words]\nx = ["{x}"]\n[[category]]\nid = "a"\ntitle = "A"\n'
            '[[category.rule]]\nseverity = "mild"\nphrases = ["{x}"]',
            "names itself",
        ),
        (
            '[words]\nd = ["(0|1|2|3|4|5|6|7|8|9)"]\n[[category]]\nid = "a"\ntitle = "A"\n'
            '[[category.rule]]\nseverity = "mild"\nphrases = ["{d}{d}{d}{d}{d}{d}{d}{d}"]',
            "more than 20000",
        ),
    ],
)
def test_a_mistaken_lexicon_is_refused_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequest, match=says):
        lexicon(tmp_path)
