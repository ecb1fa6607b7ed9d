"""References that nobody has yet."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import flsf
from flsf.core.refs import ALPHABET, drawn_from, fresh_refs, new_ref, unused_ref

ROOT = Path(flsf.__file__).parent


class Rows:
    """A table with these references, which counts how often it is asked."""

    def __init__(self, *refs):
        self.refs, self.asked = refs, 0

    def filter(self, *, ref):
        self.asked += 1
        self.found = ref in self.refs
        return self

    def exists(self):
        return self.found


def test_one_that_is_taken_is_drawn_again():
    with drawn_from(Random(1)):
        first, second = new_ref("A"), new_ref("A")
    table = Rows(first)
    with drawn_from(Random(1)):
        assert unused_ref("A", table) == second
    assert table.asked == 2


@given(st.sampled_from(["A", "PL"]), st.integers(0, 50), st.integers())
def test_many_are_all_different_and_none_is_taken(prefix, count, seed):
    with drawn_from(Random(seed)):
        taken = {new_ref(prefix) for _ in range(20)}
    with drawn_from(Random(seed)):
        drawn = fresh_refs(prefix, count, taken)
    assert len(set(drawn)) == count
    assert not taken & set(drawn)
    for ref in drawn:
        assert ref.startswith(f"{prefix}-")
        assert set(ref[len(prefix) + 1 :]) <= set(ALPHABET)


@pytest.mark.parametrize("room", ["actions", "flows", "jobs", "web"])
def test_nothing_that_is_kept_has_a_reference_drawn_blindly(room):
    """A few thousand rows are enough for one drawn blindly to be another's: then nothing is kept
    and somebody reads that the page is broken."""
    blind = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*.py"))
        if room in {path.stem, *path.relative_to(ROOT).parent.parts}
        and "demo" not in path.relative_to(ROOT).parts
        and "new_ref(" in path.read_text()
    ]
    by_hand = {
        "casework/referrals/actions.py",
        "casework/children/actions.py",
    }  # they ask themselves
    assert set(blind) <= by_hand
