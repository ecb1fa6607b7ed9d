"""The guided tour tells one story: of one child, from waiting to what it cost."""

# What the referrals of the tour's children were sent with, in the order in which they are told.
STORY_KEYS = ("marlbeck-story-1", "marlbeck-story-2", "marlbeck-story-3")
