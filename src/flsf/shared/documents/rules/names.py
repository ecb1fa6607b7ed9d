"""What a file is called on our pages: never a path, never a name that could mislead."""

import re
import unicodedata

LONGEST = 80
UNSAFE = re.compile(r"[^\w \-().,&']+")


def shown_name(given: str, ending: str) -> str:
    """The name as people may read it, ending as its content does.

    Folders, control signs and marks that turn the reading direction are taken away.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    stem = UNSAFE.sub(" ", plain.rsplit(".", 1)[0] if "." in plain else plain)
    stem = " ".join(stem.replace(".", " ").split())[:LONGEST].strip(" -") or "file"
    return f"{stem}.{ending}"
