"""The access matrix as a page to read: `make matrix` writes it, a test holds it to the truth."""

from pathlib import Path

from django.urls import URLPattern, get_resolver

from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.rules import GRANTED
from tests.access.objects import BOTH, BY_ITSELF, SEES, kind_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "access-matrix.md"

SHORT = {
    "administrator": "Adm",
    "commissioner": "Com",
    "caseworker": "Cas",
    "virtual_school": "VS",
    "quality": "Qua",
    "safeguarding": "Saf",
    "procurement": "Pro",
    "finance": "Fin",
    "director": "Dir",
    "councillor": "Cou",
    "information_governance": "IG",
    "senco": "SEN",
    "provider_manager": "PM",
    "practitioner": "Pra",
    "applicant": "App",
    "parent": "Par",
    "young_person": "YP",
}

HEAD = """# Who may open what

Made by `make matrix` from the declared permission of every address and the table of who sees
which things in `tests/access/objects.py`; held to the running pages by `tests/access`. Do not
edit by hand.

**all**: may open it, whoever it is about. **own**: may open it for what is their own concern
(the children disclosed to them, their own provider's work, the Virtual School's children) and
for nobody else's. A dot: refused. `*`: without signing in too. Files (`.csv`, `.xlsx`, `.json`)
follow their list and are left out.

"""


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield "", entry
        else:
            for before, found in patterns(entry):
                yield f"{entry.pattern}{before}", found


def every():
    """Each address once, by its own name, with what it takes."""
    seen = {}
    for before, entry in patterns(get_resolver("flsf.web.urls")):
        seen.setdefault(f"/{before}{entry.pattern}", entry)
    return seen


def takes(entry):
    names = list(entry.pattern.converters)
    return names or list(getattr(entry.pattern, "regex", None).groupindex or {})


def may_open(entry, role):
    return entry.callback.permission in {"public", "signed-in"} or (
        entry.callback.permission in GRANTED[role]
    )


def cell(entry, role):
    if not may_open(entry, role):
        return "·"
    if entry.callback.permission == "public" or not takes(entry) or entry.name in BY_ITSELF:
        return "all"
    sees = SEES[kind_of(entry.name)][role]
    return "all" if sees == BOTH else "own" if sees else "·"


def table():
    roles = list(Role)
    key = ", ".join(f"{SHORT[role]} {role.label}" for role in roles)
    lines = [HEAD + f"Columns: {key}.\n"]
    lines.append("| Address | Name | " + " | ".join(SHORT[role] for role in roles) + " |")
    lines.append("|---|---|" + "---|" * len(roles))
    for address, entry in sorted(every().items(), key=lambda pair: pair[0]):
        if address.endswith((".csv", ".xlsx", ".json")):
            continue
        star = "*" if entry.callback.permission == "public" else ""
        plain = address.replace("<str:", "<").replace("<slug:", "<").replace("|", "\\|")
        cells = " | ".join(cell(entry, role) for role in roles)
        lines.append(f"| `{plain}`{star} | {entry.name} | {cells} |")
    return "\n".join(lines) + "\n"
