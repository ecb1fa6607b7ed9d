"""Why a file is not kept, in words for whoever handed it in."""

from typing import ClassVar

from flsf.core.refusals import Refusal

A_MILLION = 1_000_000
MOST_BYTES = 10 * A_MILLION
ACCEPTED = "PDF, JPEG or PNG photo, Word (.docx) or Excel (.xlsx)"


class BadFile(Refusal):
    """The base of every reason."""

    says: ClassVar[str] = "This file cannot be kept."


class Empty(BadFile):
    says = "This file is empty. Choose it again."


class TooBig(BadFile):
    says = (
        f"This file is bigger than {MOST_BYTES // A_MILLION} MB. Take a photo of the page instead, "
        "or save it smaller."
    )


class NotAccepted(BadFile):
    """`seems` is what the file looks like, if that can be said."""

    says = f"We cannot take this kind of file. We take: {ACCEPTED}."

    def __init__(self, seems: str = "") -> None:
        super().__init__(seems)
        self.seems = seems

    def __str__(self) -> str:
        return f"This is {self.seems}. We take: {ACCEPTED}." if self.seems else self.says


class Damaged(BadFile):
    says = "This file is damaged or cut short. Open it to check, then save or scan it again."


class Locked(BadFile):
    says = "This file is locked with a password, so nobody could read it. Save it without one."


class CouldHarm(BadFile):
    """`holds` is what in it could harm."""

    says = "This file holds something that could run by itself. Print it to PDF and send that."

    def __init__(self, holds: str = "") -> None:
        super().__init__(holds)
        self.holds = holds

    def __str__(self) -> str:
        if not self.holds:
            return self.says
        return f"This file holds {self.holds}. Print it to PDF, or take a photo, and send that."
