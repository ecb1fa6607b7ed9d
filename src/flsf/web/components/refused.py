"""What was refused is said at the field it is about, and the error summary leads there."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from flsf.core.refusals import Refusal
from flsf.web.components.fields import GovukForm

# The fields that each refusal, or each of its kind, may be about: the first that a form has.
Fields: TypeAlias = Mapping[type[Refusal], tuple[str, ...]]


def say(form: GovukForm, refusal: Refusal, fields: Fields) -> None:
    """The words of the refusal, at the field they are about where the form has it."""
    named = (one for kind in type(refusal).__mro__ for one in fields.get(kind, ()))
    about = next((one for one in named if one in form.fields), None)
    form.add_error(about, str(refusal))


def settled(
    form: GovukForm, act: Callable[..., Any], answers: Mapping[str, Any], fields: Fields
) -> bool:
    """Whether it was done. A refusal is said on the form; what was typed stays."""
    try:
        act(**answers)
    except Refusal as refusal:
        say(form, refusal, fields)
        return False
    return True
