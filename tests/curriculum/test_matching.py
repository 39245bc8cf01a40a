import dataclasses
import pathlib

import msgspec
import msgspec.yaml
import pytest
from hypothesis import given
from hypothesis import strategies as st

import curriculum
from curriculum.matching import Match, match_posting

POSTINGS = pathlib.Path(__file__).parent / "postings"


class Posting(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    style: str
    text: str
    asks: list[str]
    uncovered: list[str]


@pytest.fixture(scope="module")
def path() -> curriculum.Path:
    return curriculum.load()


@pytest.fixture(scope="module")
def labels() -> dict[str, list[str]]:
    return msgspec.yaml.decode((POSTINGS / "labels.yaml").read_bytes(), type=dict[str, list[str]])


def postings(name: str) -> list[Posting]:
    return msgspec.yaml.decode((POSTINGS / f"{name}.yaml").read_bytes(), type=list[Posting])


def ids(path: curriculum.Path, text: str) -> set[str]:
    return set(match_posting(path, text).ids)


def reasons(match: Match) -> dict[str, str]:
    return {aside.found.phrase: aside.reason for aside in match.set_aside}


# How good it is


@dataclasses.dataclass
class Score:
    """Right and false hits, labels found and missed, over a set of postings."""

    right: int = 0
    false: int = 0
    found: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)


def skill_score(path: curriculum.Path, labels: dict[str, list[str]], name: str) -> Score:
    """Compare with the labels; a hit on the module of a wanted skill, or on a skill of a wanted module, is right."""
    total = Score()
    for posting in postings(name):
        match = match_posting(path, posting.text)
        wanted = {name for word in posting.asks for name in labels[word]}
        around = {path.module_of(name).id for name in wanted if name in path.skills}
        for name in match.ids:
            right = name in wanted or name in around or (name in path.skills and path.module_of(name).id in wanted)
            total.right += right
            total.false += not right
        for word in posting.asks:
            found = not set(labels[word]).isdisjoint(match.ids)
            total.found += found
            total.missed += not found
    return total


def technology_score(path: curriculum.Path, name: str) -> Score:
    total = Score()
    for posting in postings(name):
        named, wanted = set(match_posting(path, posting.text).uncovered_names), set(posting.uncovered)
        total.right += len(named & wanted)
        total.false += len(named - wanted)
        total.found += len(named & wanted)
        total.missed += len(wanted - named)
    return total


def report(capsys: pytest.CaptureFixture[str], what: str, score: Score) -> None:
    with capsys.disabled():
        print(f"\n{what}: precision {score.precision:.3f}, recall {score.recall:.3f}", end="")


@pytest.mark.parametrize("name", ["tuning", "heldout"])
def test_skills_in_labelled_postings_are_found_precisely_and_completely(
    path: curriculum.Path, labels: dict[str, list[str]], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    score = skill_score(path, labels, name)
    report(capsys, f"skills in {len(postings(name))} {name} postings", score)
    assert score.precision >= 0.85
    assert score.recall >= 0.80


def test_technology_that_the_path_lacks_is_found_in_labelled_postings(
    path: curriculum.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tuning, heldout = technology_score(path, "tuning"), technology_score(path, "heldout")
    report(capsys, "uncovered technology in tuning postings", tuning)
    report(capsys, "uncovered technology in heldout postings (few)", heldout)
    both = Score(*(sum(pair) for pair in zip(dataclasses.astuple(tuning), dataclasses.astuple(heldout), strict=True)))
    assert both.precision >= 0.80  # each set alone names too few for a bound
    assert both.recall >= 0.80


def test_there_are_enough_labelled_postings_of_many_styles() -> None:
    both = postings("tuning") + postings("heldout")
    assert len(both) >= 30
    assert len({posting.id for posting in both}) == len(both)
    assert len({posting.style for posting in both}) >= 8


def test_every_label_names_ids_that_exist(path: curriculum.Path, labels: dict[str, list[str]]) -> None:
    used = {word for name in ("tuning", "heldout") for posting in postings(name) for word in posting.asks}
    assert used - set(labels) == set()
    assert [
        name for ids in labels.values() for name in ids if name not in path.skills and name not in path.modules
    ] == []


# Every hit can be pointed at


def test_a_hit_says_where_it_is_and_how_it_matched(path: curriculum.Path) -> None:
    text = "You know Flask, Postgres and Pyhton."
    hits = match_posting(path, text).hits
    assert [(hit.id, hit.kind, hit.phrase, hit.how) for hit in hits] == [
        ("flask", "module", "Flask", "exact"),
        ("databases.postgresql", "skill", "Postgres", "alias"),
        ("python", "module", "Pyhton", "fuzzy"),
    ]
    assert [text[hit.start : hit.end] for hit in hits] == ["Flask", "Postgres", "Pyhton"]


TRICKY = """Python flask no not without java Go C REST the rest of SQL , . ; : - • ❌ ’ is required instead and or
Docker Kubernets Kotlin I ß ﬁ İ R&D C++ .NET node.js CI/CD 🚀 we you don't"""
WORDS = st.sampled_from(["\n", *TRICKY.split()])


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_nothing_is_invented(text: str) -> None:
    path = curriculum.load()
    match = match_posting(path, text)
    everything = [*match.hits, *match.uncovered, *(aside.found for aside in match.set_aside)]
    for found in everything:
        assert found.phrase
        assert text[found.start : found.end] == found.phrase
        assert found.kind == "technology" or found.id in path.skills or found.id in path.modules
    for group in (match.hits, match.uncovered):
        assert [found.start for found in group] == sorted(found.start for found in group)


# One word, several senses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You write JavaScript.", {"javascript.language"}),
        ("You write Java.", {"java"}),
        ("You write Java Script.", {"javascript.language"}),
        ("You design REST interfaces; the rest you learn here. Rest assured.", {"apis.rest"}),
        ("We offer the usual rest days.", set()),
        ("The house in Ruby Lane, opposite Java Street Coffee Ltd., is old. We use SQL.", {"sql.queries"}),
        ("Ask Ruby Miller. We use Ruby.", {"ruby"}),
        ("Security guard at night, with a flask of tea.", set()),
        ("python / django / postgres", {"python", "django", "databases.postgresql"}),
        ("PYTHON, DJANGO, REST", {"python", "django", "apis.rest"}),
    ],
)
def test_a_name_counts_only_in_its_own_sense(path: curriculum.Path, text: str, expected: set[str]) -> None:
    assert ids(path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We need C, C++ and C# developers.", ("C", "C++", "C#")),
        ("Services in Go and Rust.", ("Go", "Rust")),
        ("Go to our site; let's go! You can go far with vitamin C and R&D.", ()),
        ("Stack: COBOL, Kotlin (Spring Boot), ASP.NET, AWS", ("COBOL", "Kotlin", "Spring Boot", ".NET", "AWS")),
        ("In spring we swiftly react. Excel in what you do.", ()),
        ("You know React, Type Script and Teraform.", ("React", "TypeScript", "Terraform")),
    ],
)
def test_technology_that_the_path_lacks_is_named(path: curriculum.Path, text: str, expected: tuple[str, ...]) -> None:
    assert match_posting(path, text).uncovered_names == expected


@pytest.mark.parametrize(
    "text",
    ["modelling of data: data modelling", "Data modeling", "DATA MODELLING", "data\nmodelling", "data-modelling"],
)
def test_spelling_case_and_line_breaks_make_no_difference(path: curriculum.Path, text: str) -> None:
    assert ids(path, text) == {"databases.modelling"}


def test_words_of_different_list_items_make_no_phrase(path: curriculum.Path) -> None:
    assert ids(path, "- unit\n- tests") != {"testing.unit"}
    assert match_posting(path, "We sell data. Modelling is our hobby.").hits == ()


# Named, but not asked for


@pytest.mark.parametrize(
    ("text", "expected", "aside"),
    [
        ("No PHP needed, we use Django.", {"django"}, {"PHP": "negated"}),
        ("No PHP, Ruby or Java. Django!", {"django"}, {"PHP": "negated", "Ruby": "negated", "Java": "negated"}),
        ("You needn't know MongoDB or Kafka: we use MySQL.", {"mysql"}, {"MongoDB": "negated", "Kafka": "negated"}),
        ("PostgreSQL (not MySQL)", {"databases.postgresql"}, {"MySQL": "negated"}),
        ("Neither Java nor PHP plays a role here, just Django.", {"django"}, {"Java": "negated", "PHP": "negated"}),
        ("Django is a must, Flask is not required.", {"django"}, {"Flask": "negated"}),
        ("Kafka and Redis are not needed.", set(), {"Kafka": "negated", "Redis": "negated"}),
        ("Instead of Java we use Django.", {"django"}, {"Java": "left behind"}),
        ("We moved from PHP to Django.", {"django"}, {"PHP": "left behind"}),
        ("We used to have PHP scripts. Now: Django.", {"django"}, {"PHP": "left behind"}),
        ("Our accountants swear by Java.", set(), {"Java": "said of others"}),
        ("We offer courses in Kubernetes.", set(), {"Kubernetes": "offered"}),
        ("❌ no jQuery ❌ PHP ✅ Django", {"django"}, {"jQuery": "negated", "PHP": "negated"}),
        ("What we don't ask for:\n- PHP\n\nWhat we ask for:\n- Django", {"django"}, {"PHP": "negated"}),
        ("Our office is in Ruby Lane.", set(), {"Ruby": "part of a name"}),
        ("No matter whether you know Java or PHP: we use Django.", {"django"}, {"Java": "negated", "PHP": "negated"}),
        ("If you dream of Kubernetes, this is not the right place.", set(), {"Kubernetes": "negated"}),
        ("The move from PHP to Django.", {"django"}, {"PHP": "left behind"}),
        ("The PHP site is being replaced by Django.", {"django"}, {"PHP": "left behind"}),
        ("Kubernetes is run by our platform team.", set(), {"Kubernetes": "said of others"}),
        ("PHP? No. Django? Yes.", {"django"}, {"PHP": "negated"}),
        ("Things we don't use: PHP, Java.", set(), {"PHP": "negated", "Java": "negated"}),
        ("A PHP-free zone, full of Django.", {"django"}, {"PHP": "negated"}),
        ("Keine PHP-Kenntnisse nötig, aber Django", {"django"}, {"PHP": "negated"}),
    ],
)  # fmt: skip
def test_what_is_not_asked_for_is_set_aside(
    path: curriculum.Path, text: str, expected: set[str], aside: dict[str, str]
) -> None:
    match = match_posting(path, text)
    assert set(match.ids) == expected
    assert reasons(match) == aside


@pytest.mark.parametrize(
    "text",
    [
        "Not only Django but more.",
        "You are no stranger to Django.",
        "No matter how long you have known Django.",
        "Please no applications without Django experience.",
        "Django is not a foreign word to you.",
        "Django is not required, but a plus.",
        "Don't hesitate to bring Django.",
        "We don't sleep. Django never does.",
        "We have no dress code, but Django.",
    ],
)
def test_not_every_no_denies(path: curriculum.Path, text: str) -> None:
    assert "django" in ids(path, text)


def test_the_cue_is_quoted_from_the_text(path: curriculum.Path) -> None:
    (aside,) = match_posting(path, "Rather than PHP").set_aside
    assert (aside.reason, aside.cue) == ("left behind", "Rather than")


# Nothing to find, far too much, and other curricula


@pytest.mark.parametrize("text", ["", " \n\t ", "…!?", "We bake bread. You rise early.", "0123 ❤ 東京"])
def test_a_text_that_asks_for_nothing_gets_nothing(path: curriculum.Path, text: str) -> None:
    match = match_posting(path, text)
    assert (match.hits, match.uncovered, match.set_aside) == ((), (), ())


def test_a_text_of_a_megabyte_is_read_to_its_end(path: curriculum.Path) -> None:
    filler = "We sit on the second floor, and the canteen is good. "
    assert match_posting(path, filler * (1_000_000 // len(filler)) + "You know Django.").ids == ("django",)


def test_a_path_without_phrases_matches_nothing(path: curriculum.Path) -> None:
    modules = tuple(
        msgspec.structs.replace(
            module, phrases=(), skills=tuple(msgspec.structs.replace(skill, phrases=()) for skill in module.skills)
        )
        for module in path.data.modules
    )
    bare = curriculum.Path(msgspec.structs.replace(path.data, modules=modules))
    match = match_posting(bare, "Django and Kotlin")
    assert (match.ids, match.uncovered_names) == ((), ("Kotlin",))


def test_every_phrase_of_the_path_is_found_where_it_stands(path: curriculum.Path) -> None:
    text, places = "", {}
    for named in (*path.modules.values(), *path.skills.values()):
        for phrase in named.phrases:
            text += "- You know SQL, Docker, "
            places[len(text), phrase] = named.id
            text += f"{phrase}.\n"
    match = match_posting(path, text)
    found = {(hit.start, hit.phrase, hit.id) for hit in (*match.hits, *(aside.found for aside in match.set_aside))}
    assert [phrase for (start, phrase), name in places.items() if (start, phrase, name) not in found] == []
    assert {*path.skills} - {*match.ids} == set()
