"""A form of several pages whose typing is never lost: every post is kept before it is judged.

A page module says its steps; answers live in a draft, as they were typed, under each step's
slug. A step whose answers make sense is done. The sender's own key makes pressing "send"
twice send once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import uuid4

from django.forms import BaseForm
from django.utils.datastructures import MultiValueDict

from flsf.casework.referrals import actions, queries
from flsf.casework.referrals.enums import Route
from flsf.core.people import Person

Typed: TypeAlias = dict[str, list[str]]
Said: TypeAlias = Mapping[str, Any]  # what the steps before say, cleaned
ONCE = "once"


def always(_: Said) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page. `form` is given what was typed (or None), and what the other steps say."""

    slug: str
    title: str
    form: Callable[[Any, Said], BaseForm]
    intro: str = ""
    is_asked: Callable[[Said], bool] = always
    title_for: Callable[[Said], str] | None = None
    prompts: Sequence[str] = ()

    def titled(self, said: Said) -> str:
        return self.title_for(said) if self.title_for else self.title


@dataclass(frozen=True, slots=True)
class Answered:
    """A step with its form as last typed."""

    step: Step
    form: BaseForm
    is_done: bool


class Draft:
    """Somebody's answers so far."""

    def __init__(
        self, steps: Sequence[Step], route: Route, key: str, *, by: Person, at: datetime
    ) -> None:
        self._steps, self._route, self._key, self._by, self._at = steps, route, key, by, at
        kept = queries.draft_with_key(key)
        self._answers: dict[str, Any] = dict(kept.answers) if kept else {}

    @property
    def is_begun(self) -> bool:
        return bool(self._answers)

    @property
    def once(self) -> str:
        """The key under which these answers are sent, however often the button is pressed."""
        return str(self._answers.get(ONCE, ""))

    @property
    def said(self) -> dict[str, Any]:
        """Everything the done steps say, cleaned, by the names of their fields."""
        said: dict[str, Any] = {}
        for one in self._walk(said):
            if one.is_done:
                said.update(getattr(one.form, "cleaned_data", {}))
        return said

    @property
    def asked(self) -> list[Answered]:
        """The steps that apply, in order, each with its form as typed."""
        said: dict[str, Any] = {}
        every = []
        for one in self._walk(said):
            if one.is_done:
                said.update(getattr(one.form, "cleaned_data", {}))
            every.append(one)
        return every

    def find(self, slug: str) -> Answered | None:
        return next((one for one in self.asked if one.step.slug == slug), None)

    def keep(self, slug: str, typed: Typed) -> None:
        """What was typed is kept, whether or not it makes sense."""
        self._answers = {ONCE: uuid4().hex, **self._answers, slug: typed}
        actions.save_draft(
            route=self._route, answers=self._answers, key=self._key, by=self._by, at=self._at
        )

    def next_slug(self, after: str = "") -> str | None:
        """The next step that is not done, from the one given on; None when all are."""
        asked = self.asked
        slugs = [one.step.slug for one in asked]
        start = slugs.index(after) + 1 if after in slugs else 0
        waiting = [one.step.slug for one in asked[start:] if not one.is_done]
        waiting += [one.step.slug for one in asked[:start] if not one.is_done]
        return waiting[0] if waiting else None

    def before(self, slug: str) -> str | None:
        slugs = [one.step.slug for one in self.asked]
        place = slugs.index(slug)
        return slugs[place - 1] if place else None

    def discard(self) -> None:
        actions.discard_draft(key=self._key, by=self._by, at=self._at)

    def _walk(self, said: Said) -> Iterator[Answered]:
        for step in self._steps:
            if not step.is_asked(said):
                continue
            typed = self._answers.get(step.slug)
            form = step.form(None if typed is None else MultiValueDict(typed), said)
            yield Answered(step, form, typed is not None and form.is_valid())


def typed_in(post: Any) -> Typed:
    """What a form sent, without the token that guards it, and without what no database keeps."""
    return {
        name: [one.replace("\0", "") for one in post.getlist(name)]
        for name in post
        if name != "csrfmiddlewaretoken" and "\0" not in name
    }


def shown(form: BaseForm) -> list[tuple[str, str]]:
    """What was answered, as a page to check shows it."""
    return [(str(bound.label), _words(bound)) for bound in form]


def _words(bound: Any) -> str:
    value = bound.form.cleaned_data.get(bound.name)
    choices = dict(getattr(bound.field, "choices", ()))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(choices.get(str(one), one)) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or value == "":
        return ""
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return str(choices.get(str(value), value))
