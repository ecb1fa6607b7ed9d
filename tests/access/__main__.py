"""Writes docs/access-matrix.md: `make matrix`."""

import django

django.setup()

from tests.access import matrix  # noqa: E402 - only once Django is set up

matrix.PAGE.write_text(matrix.table(), encoding="utf-8")
print(f"Wrote {matrix.PAGE.relative_to(matrix.ROOT)}.")
