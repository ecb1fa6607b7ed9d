"""What families read: short sentences, short words, none that hurts. No markup counted."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "src" / "flsf"
TEMPLATES = sorted(
    path
    for folder in ("public/ask", "public/guides", "public/training", "family")
    for path in (ROOT / "templates" / folder).rglob("*.html")
)
WORDS_OF_QUESTIONS = [
    ROOT / "web" / "public" / "ask" / "questions.py",
    ROOT / "web" / "public" / "ask" / "forms.py",
]

LONGEST_SENTENCE = 20
OLDEST_READER = 11  # years; a grade of Flesch and Kincaid is an age less five
BANNED = (
    *("refuser", "refusal", "kicked off", "failed to attend", "rejected", "exit", "offender"),
    *("EHCP", "SEND", "EOTAS", "EBSA", "SEMH", "SENCO", "S19", "framework", "provider", "award"),
    *("case", "user", "commission", "placement", "eligib", "statutory", "pursuant"),
)


def prose(source):
    """The words a reader meets in a template, sentence by sentence."""
    text = re.sub(r"\{#.*?#\}", " ", source, flags=re.S)
    # What a block says in either branch is read; a joined expression is one word.
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "it", text, flags=re.S)
    text = re.sub(r"</(p|h1|h2|li|dt|dd|a|div)>", ". ", text)
    text = re.sub(r"<[^>]+>", " ", text)
    return [
        words
        for sentence in re.split(r"[.!?:]\s", text)
        if len(words := re.findall(r"[A-Za-z']+", sentence)) > 2
    ]


def said_in(source):
    """The strings of a module that a reader may meet."""
    return [
        words
        for string in re.findall(r'"([A-Z][^"{}]{8,})"', source)
        for sentence in re.split(r"[.!?]\s", string)
        if len(words := re.findall(r"[A-Za-z']+", sentence)) > 2
    ]


def syllables(word):
    plain = re.sub(r"(es|ed|e)$", "", word.casefold())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def age_to_read(sentences):
    words = [word for sentence in sentences for word in sentence]
    grade = (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )
    return grade + 5


def test_the_measure_knows_hard_from_easy():
    easy = [["We", "will", "tell", "you", "what", "happens", "next"]]
    hard = [["Statutory", "determinations", "necessitate", "comprehensive", "consideration"]]
    assert age_to_read(easy) < OLDEST_READER < age_to_read(hard)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_families_can_read_it(path):
    sentences = prose(path.read_text())
    assert [words for words in sentences if len(words) > LONGEST_SENTENCE] == []
    if sum(map(len, sentences)) > 30:
        assert age_to_read(sentences) <= OLDEST_READER


@pytest.mark.parametrize("path", WORDS_OF_QUESTIONS, ids=lambda path: path.name)
def test_families_can_read_the_questions(path):
    sentences = said_in(path.read_text())
    assert [words for words in sentences if len(words) > LONGEST_SENTENCE] == []
    assert age_to_read(sentences) <= OLDEST_READER


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_that_families_should_not_meet(path):
    said = " ".join(" ".join(words) for words in prose(path.read_text()))
    found = [
        word for word in BANNED if re.search(rf"\b{word}", said, re.I if word.islower() else 0)
    ]
    assert found == []
