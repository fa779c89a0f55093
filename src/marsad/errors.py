"""One tree of errors. Each message says what is wrong, where, and how to mend it."""


class MarsadError(Exception):
    """Anything Marsad raises on purpose.

    what: what is wrong; where: the file, line, column or id; mend: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what, where, mend)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head.rstrip('.')}. {self.mend}".strip() if self.mend else head


class Rejected(MarsadError):
    """One input that cannot be taken. It is kept whole with this reason; the others go in."""


class CodebookError(MarsadError):
    """A codebook (data that describes language or the world) contradicts itself or cannot be read."""


class StoreError(MarsadError):
    """The store cannot be opened, read or written."""


class SeriesError(MarsadError):
    """A count series cannot be used as it stands: gaps, duplicates, negative or unreadable values, too short."""


class UsageError(MarsadError):
    """The caller asked for something that does not exist or does not go together."""
