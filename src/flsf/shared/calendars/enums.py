from enum import StrEnum

from django.db.models import TextChoices


class Nation(TextChoices):
    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Tag(StrEnum):
    HOLIDAYS_IMPORTED = "shared:bank-holiday:imported"
    TERMS_IMPORTED = "shared:term:imported"
