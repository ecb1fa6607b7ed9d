"""Providers of a lot bid for one brief: asked, sealed, opened, scored and settled."""
