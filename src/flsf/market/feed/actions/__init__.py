"""The only writes of what is published."""

from flsf.market.feed.actions.publish import publish

__all__ = ["publish"]
