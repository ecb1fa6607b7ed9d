"""Plain words, acronyms and typing errors.

Families type "anxious about school"; listings say EBSA. A phrase we know stands for needs;
any other word is looked for in the text of a listing (text.py), and one that is found nowhere
is taken for the word it most looks like (slips.py).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from flsf.core.needs import Need, from_mask, to_mask

MOST_TERMS = 8

N = Need
LEARNING = (N.MLD, N.SLD, N.PMLD)

# Each phrase in the words people use, and the needs it stands for. The longest phrase that
# fits is taken. Plain words first, then the acronyms and names of papers.
PHRASES: Mapping[str, tuple[Need, ...]] = {
    "anxious about school": (N.EBSA, N.SEMH),
    "anxious about going to school": (N.EBSA, N.SEMH),
    "worried about school": (N.EBSA, N.SEMH),
    "scared of school": (N.EBSA, N.SEMH),
    "afraid of school": (N.EBSA, N.SEMH),
    "school anxiety": (N.EBSA, N.SEMH),
    "school phobia": (N.EBSA, N.SEMH),
    "school avoidance": (N.EBSA,),
    "school refusal": (N.EBSA,),
    "school refuser": (N.EBSA,),
    "refuses school": (N.EBSA,),
    "refusing school": (N.EBSA,),
    "will not go to school": (N.EBSA,),
    "wont go to school": (N.EBSA,),
    "cant go to school": (N.EBSA, N.MED),
    "not able to attend": (N.EBSA, N.MED),
    "emotionally based school avoidance": (N.EBSA,),
    "ebsa": (N.EBSA,),
    "ebsna": (N.EBSA,),
    "anxiety": (N.SEMH, N.EBSA),
    "anxious": (N.SEMH, N.EBSA),
    "depression": (N.SEMH,),
    "low mood": (N.SEMH,),
    "self esteem": (N.SEMH,),
    "mental health": (N.SEMH,),
    "emotional health": (N.SEMH,),
    "feelings": (N.SEMH,),
    "behaviour": (N.SEMH,),
    "anger": (N.SEMH,),
    "adhd": (N.SEMH,),
    "trauma": (N.SEMH,),
    "semh": (N.SEMH,),
    "social emotional and mental health": (N.SEMH,),
    "autism": (N.ASD,),
    "autistic": (N.ASD,),
    "asperger": (N.ASD,),
    "aspergers": (N.ASD,),
    "asd": (N.ASD,),
    "asc": (N.ASD,),
    "speech": (N.SLCN,),
    "language": (N.SLCN,),
    "stammer": (N.SLCN,),
    "talking": (N.SLCN,),
    "slcn": (N.SLCN,),
    "speech and language": (N.SLCN,),
    "dyslexia": (N.SPLD,),
    "dyslexic": (N.SPLD,),
    "dyscalculia": (N.SPLD,),
    "dyspraxia": (N.SPLD, N.PD),
    "spld": (N.SPLD,),
    "learning difficulty": LEARNING,
    "learning difficulties": LEARNING,
    "learning disability": LEARNING,
    "mld": (N.MLD,),
    "sld": (N.SLD,),
    "pmld": (N.PMLD,),
    "down syndrome": (N.DS,),
    "downs syndrome": (N.DS,),
    "deaf": (N.HI, N.MSI),
    "hearing": (N.HI, N.MSI),
    "blind": (N.VI, N.MSI),
    "sight": (N.VI, N.MSI),
    "visual impairment": (N.VI, N.MSI),
    "wheelchair": (N.PD,),
    "physical disability": (N.PD,),
    "cerebral palsy": (N.PD,),
    "ill": (N.MED,),
    "illness": (N.MED,),
    "medical": (N.MED,),
    "hospital": (N.MED,),
    "epilepsy": (N.MED,),
    "chronic fatigue": (N.MED,),
}

# Acronyms and short forms that stand for other words of a listing, not for needs.
SPELT_OUT: Mapping[str, str] = {
    "ap": "alternative provision",
    "eotas": "education otherwise than at school",
    "salt": "speech",
    "ot": "occupational therapy",
    "qts": "qualified teacher",
    "pfa": "life skills",
    "neet": "post 16",
    "cbt": "therapy",
    "maths": "mathematics",
}

# Words that say nothing about a service. SEND and EHCP are every listing's business.
SAY_NOTHING = frozenset(
    {
        *("a", "about", "after", "all", "an", "and", "any", "are", "at", "been", "can", "for"),
        *("from", "get", "go", "going", "has", "have", "he", "help", "her", "him", "his", "how"),
        *("i", "in", "is", "it", "looking", "me", "my", "near", "need", "needs", "not", "of"),
        *("on", "or", "our", "out", "she", "somebody", "someone", "son", "support", "that"),
        *("the", "their", "them", "they", "this", "to", "want", "we", "who", "with", "you"),
        *("your", "child", "children", "daughter", "kid", "kids", "old", "year", "years"),
        *("send", "sen", "ehcp", "ehc", "plan", "service", "services", "young", "person"),
        *("people", "who", "school", "please", "does", "do", "cant", "wont", "lea", "la"),
    }
)

_WORD = re.compile(r"[a-z0-9]+")
FEELINGS = to_mask([N.EBSA, N.SEMH])


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for in words: a listing has it if it meets any of the needs, or if
    the text is in it. `typed` is what the person typed; `text` is in the language of web
    searches, in which "or" and a phrase in quotes mean what they say. `first_mask` is the need
    that the phrase is about before the others.
    """

    typed: str
    text: str
    needs_mask: int = 0
    first_mask: int = 0

    @property
    def named(self) -> str:
        """What its name would say if it were this: any of the words that say something."""
        if not self.needs_mask:
            return self.text
        telling = [word for word in self.typed.split() if word not in SAY_NOTHING]
        return " or ".join(telling) or self.text

    @property
    def is_about_feelings(self) -> bool:
        return bool(self.needs_mask & FEELINGS)


@dataclass(frozen=True)
class Phrasebook:
    """What phrases stand for, and what short forms are spelt out as."""

    phrases: Mapping[str, tuple[Need, ...]]
    spelt_out: Mapping[str, str]

    @cached_property
    def longest(self) -> int:
        known = [*self.phrases, *self.spelt_out]
        return max((len(phrase.split()) for phrase in known), default=1)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of it, for mending slips."""
        return frozenset(word for one in (*self.phrases, *self.spelt_out) for word in one.split())


SHIPPED = Phrasebook(PHRASES, SPELT_OUT)


def phrasebook(
    added: Mapping[str, tuple[int, str]], retired: Collection[str] = frozenset()
) -> Phrasebook:
    """What comes with the product, with the council's own phrases put in and some left out.

    `added` says of each phrase the needs it stands for, as a mask, or what it is spelt out as.
    """
    phrases = {one: needs for one, needs in PHRASES.items() if one not in retired}
    spelt = {one: text for one, text in SPELT_OUT.items() if one not in retired}
    for phrase, (mask, text) in added.items():
        phrases.pop(phrase, None)
        spelt.pop(phrase, None)
        if mask:
            phrases[phrase] = tuple(from_mask(mask))
        else:
            spelt[phrase] = text
    return Phrasebook(phrases, spelt)


def tokens_of(typed: str) -> list[str]:
    """The words in small letters, apostrophes dropped, hyphens taken as spaces."""
    return _WORD.findall(typed.lower().replace("'", "").replace("\u2019", ""))


def terms_of(typed: str, book: Phrasebook = SHIPPED) -> list[Term]:
    """What a line of words asks for, at most eight terms; words that say nothing are let be."""
    tokens, at = tokens_of(typed), 0
    terms: list[Term] = []
    while at < len(tokens) and len(terms) < MOST_TERMS:
        taken, term = _term_at(tokens, at, book)
        if term is not None:
            terms.append(term)
        at += taken
    return list(dict.fromkeys(terms))


def _term_at(tokens: list[str], at: int, book: Phrasebook) -> tuple[int, Term | None]:
    """How many words the term beginning there takes, and the term, if it says anything."""
    for length in range(min(book.longest, len(tokens) - at), 0, -1):
        phrase = " ".join(tokens[at : at + length])
        if phrase in book.phrases:
            needs = book.phrases[phrase]
            return length, Term(phrase, phrase, to_mask(needs), to_mask(needs[:1]))
        if phrase in book.spelt_out:
            typed = phrase if length == 1 else f'"{phrase}"'
            return length, Term(phrase, f'{typed} or "{book.spelt_out[phrase]}"')
    word = tokens[at]
    return 1, None if word in SAY_NOTHING else Term(word, word)


def plain_words(need: Need, book: Phrasebook = SHIPPED) -> list[str]:
    """The phrases that stand for a need, for the page that explains what we look for."""
    return [phrase for phrase, needs in book.phrases.items() if need in needs]
