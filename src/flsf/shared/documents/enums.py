from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    """What may be handed in, told by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "Photo (JPEG)"
    PNG = "png", "Picture (PNG)"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel workbook"


class Tag(StrEnum):
    KEPT = "shared:document:kept"
    OPENED = "shared:document:opened"
    DISCARDED = "shared:document:discarded"
