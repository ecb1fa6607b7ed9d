"""Question sets, applicants, answers and files for tests, made through actions."""

import io
import zipfile
import zlib
from itertools import count

from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.models import Framework, Lot
from flsf.market.applications import actions
from flsf.market.applications.models import Application, QuestionSet, Submission
from flsf.market.applications.rules import DEFAULT_SET
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as check_queries
from flsf.shared.accounts.enums import Role
from flsf.shared.documents import actions as documents
from flsf.shared.documents.models import Document
from tests import factories
from tests.factories import NOW, TODAY

_numbers = count(1)

# A charity of one person, who mentors and has no insurance yet but one policy.
CHARITY = {
    "name": ["Kind Steps"],
    "kind": ["voluntary"],
    "area": ["local"],
    "employees": ["no"],
    "charity-number": [""],
    "phone": ["01632 960 001"],
    **{
        code: ["no"]
        for code in (
            *("crimes", "slavery", "tax", "cartels", "debarred", "insolvent", "misconduct"),
            *("broken-contracts", "unfair-bidding", "barred"),
        )
    },
    "public-liability": ["yes"],
    "public-liability-until": ["31 3 2027"],
    "professional-indemnity": ["by_start"],
    "lead": ["Asha Bell"],
    "lead-trained": ["yes"],
    "policy": ["adopt"],
    "concern": ["I listen, I promise nothing, I call the council's front door the same hour."],
    "told": ["on"],
    "workers": ["just me"],
    "dbs": ["yes"],
    "dbs-date": ["14 Feb 2025"],
    "qualified": ["Nine years as a youth worker."],
    "record": ["yes"],
    **{code: ["adopt"] for code in ("health-safety", "risk", "behaviour", "data")},
    "first-aid": ["I am trained and carry a kit."],
    "programme": ["We walk, cook and mend bicycles. One boy now reads manuals to me."],
    "start": ["A talk with the child and whoever knows them, and a look back each half-term."],
    "attendance": ["on"],
    "price--mentoring": ["£45 an hour"],
    "vat": ["no"],
    "true": ["on"],
}


def questions(inside: Framework, content=DEFAULT_SET) -> QuestionSet:
    """Published and in force today, with the checks it names."""
    if not check_queries.every().exists():
        checks.require_many(needed_from=TODAY, by=SYSTEM, at=NOW)
    made = actions.draft(framework_id=inside.pk, content=content, by=SYSTEM, at=NOW)
    return actions.publish(
        set_id=made.pk, because="The first.", in_force_from=TODAY, by=SYSTEM, at=NOW
    )


def mentoring(inside: Framework) -> Lot:
    return framework.open_lot(
        framework_id=inside.pk, code="mentoring", name="Mentoring", by=SYSTEM, at=NOW
    )


def applicant(place=None) -> Person:
    return factories.member_of(place or factories.organisation(), Role.APPLICANT)


def begun(person: Person | None = None, inside: Framework | None = None) -> Application:
    """Begun by the person, for the lot of mentoring."""
    person = person or applicant()
    if inside is None:
        inside = factories.made_framework()
        questions(inside)
        mentoring(inside)
    [organisation] = person.reach.organisation_ids
    made = actions.begin(organisation_id=organisation, framework_id=inside.pk, by=person, at=NOW)
    actions.choose_lots(application_id=made.pk, codes=["mentoring"], by=person, at=NOW)
    return made


def answered(person: Person | None = None, inside=None, **changed) -> Application:
    """Everything answered as CHARITY says, but for what is changed ("_" for "-" in codes)."""
    made = begun(person, inside)
    typed = CHARITY | {code.replace("_", "-"): value for code, value in changed.items()}
    actions.answer(application_id=made.pk, typed=typed, by=SYSTEM, at=NOW)
    return made


def sent(person: Person | None = None, inside=None, *, at=NOW) -> Submission:
    made = answered(person, inside)
    return actions.submit(application_id=made.pk, version=1, by=person or SYSTEM, at=at)


def document(owner, content=None) -> Document:
    return documents.keep(
        name="certificate.pdf", content=content or a_pdf(), owner_id=owner.pk, by=SYSTEM, at=NOW
    )


def a_pdf(more: bytes = b"", objects: bytes = b"") -> bytes:
    """A small PDF; `more` stands among its objects, `objects` in a packed part of it."""
    packed = zlib.compress(b"1 0 " + objects)
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
        + more
        + b"\n2 0 obj\n<</Type/ObjStm/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def a_jpeg(notes: bytes = b"", frame=(8, 8), end=b"\xff\xd9") -> bytes:
    size = frame[0].to_bytes(2, "big") + frame[1].to_bytes(2, "big")
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + notes
        + b"\xff\xc0\x00\x0b\x08"
        + size
        + b"\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00ABC"
        + end
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def a_png(extra: bytes = b"", wide=8) -> bytes:
    head = wide.to_bytes(4, "big") + (8).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", b"x")
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def a_docx(main="word/document.xml", **parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(main, "<document/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()
