"""Kinds of service that no lot names, for a council to begin with."""

# Cabinet report, paragraph 28, and the council's own words on the framework (S19, S128).
DEFAULT_KINDS: tuple[tuple[str, str], ...] = (
    ("Anxious about school", "Help to be in school again, step by step."),
    ("Creative therapies", "Art, music or drama with a therapist."),
    ("Mentoring for feelings", "A mentor trained in feelings and behaviour."),
    ("Robotics and making", "Build, code and mend things."),
    ("Shaped around one child", "Made for one child, not bought off a list."),
    ("Sport and being active", "Games, swimming, climbing and other ways to move."),
)
