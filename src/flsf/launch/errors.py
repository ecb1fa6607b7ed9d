class LaunchError(Exception):
    """It cannot be started. The text says why and what to do about it."""


class Ended(BaseException):
    """Somebody asked us to end: Ctrl-C, a signal, or whoever started us is gone."""
