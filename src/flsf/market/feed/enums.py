from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kinds of record of Open Referral UK, by the names of its addresses."""

    SERVICE = "services", "Services"
    ORGANIZATION = "organizations", "Organisations"
    SERVICE_AT_LOCATION = "service_at_locations", "Services at places"
    TAXONOMY = "taxonomies", "Lists of terms"
    TAXONOMY_TERM = "taxonomy_terms", "Terms"


class Tag(StrEnum):
    PUBLISHED = "market:feed:published"
