from enum import StrEnum

from django.db.models import TextChoices


class KindStatus(TextChoices):
    PROPOSED = "proposed", "Proposed"
    ADOPTED = "adopted", "Taken up"
    MERGED = "merged", "Merged into another"
    DECLINED = "declined", "Not taken up"


class Tag(StrEnum):
    PROPOSED = "market:kind:proposed"
    DECIDED = "market:kind:decided"
