"""Why a whole file cannot be taken, in words that say how to mend it."""

from flsf.core.refusals import Refusal


class FileRefused(Refusal):
    """A file we cannot take at all. `detail` says what stood where, if there is more to say."""

    says = "We cannot take this file."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.says} {self.detail}".strip()


class EmptyFile(FileRefused):
    says = "This file is empty. Check that you chose the right one."


class NoRows(FileRefused):
    says = "This file has headings but no rows under them."


class TooBig(FileRefused):
    says = "This file is bigger than we can take. Split it, or ask for it to be brought in for you."


class CutOff(FileRefused):
    says = "This file is cut off or damaged. Download or save it again, then try again."


class NotWhatItsNameSays(FileRefused):
    says = "This file is not what its name says."


class WrongKind(FileRefused):
    says = "We cannot read this kind of file. Save it as CSV or as an Excel workbook (.xlsx)."


class NotText(FileRefused):
    says = (
        "This file holds characters that no text has. Save it again as CSV UTF-8, then try again."
    )


class MissingHeadings(FileRefused):
    says = "Headings that we need are missing from this file."


class RepeatedHeadings(FileRefused):
    says = "Two columns have the same heading. Rename or remove one of them."


class WhichSheet(FileRefused):
    says = "This workbook has more than one sheet with rows. Say which one to take."


class NoSuchSheet(FileRefused):
    says = "This workbook has no visible sheet of that name."


class NotAsExpected(FileRefused):
    says = "This file does not hold what we expected."
