"""Model policies for whoever joins: to read, and to take away and make one's own."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.market.applications.rules import MODEL_POLICIES, WRITTEN_ON, model_policy
from flsf.shared.council import queries as council
from flsf.web.access import found, public
from flsf.web.components.word_file import Section, as_docx

MAKE_IT_YOURS = (
    "Read it, change what is not so with you, and fill in what stands in [square brackets]. A "
    "policy helps only if you do what it says."
)


@public
def model_policies(request: HttpRequest) -> HttpResponse:
    """Every model there is."""
    context = {"models": MODEL_POLICIES, "make_it_yours": MAKE_IT_YOURS}
    return render(request, "public/join/policies.html", context)


@public
def model_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One model, to read."""
    one = found(model_policy(slug))
    context = {"one": one, "written_on": WRITTEN_ON, "make_it_yours": MAKE_IT_YOURS}
    return render(request, "public/join/policy.html", context)


@public
def model_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, to go on writing."""
    one = found(model_policy(slug))
    return as_docx(
        name=f"model-{one.slug}",
        title=one.title,
        author=council.particulars().name,
        made_at=datetime.combine(WRITTEN_ON, time(), tzinfo=UTC),
        sections=[
            Section("How to use this model", (MAKE_IT_YOURS, f"It rests on: {one.rests_on}.")),
            *(Section(part.heading, part.words, part.steps) for part in one.parts),
        ],
    )
