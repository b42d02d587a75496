"""How a command says no: one clear sentence on standard error and an exit status."""


class WrongUse(Exception):  # noqa: N818 (it is a sentence for whoever called)
    """Wrong usage or settings: the sentence is shown, the exit status is 2."""
