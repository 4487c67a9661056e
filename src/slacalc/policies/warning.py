"""What is doubtful, as a value."""

from dataclasses import dataclass

__all__ = ["PolicyWarning"]


@dataclass(frozen=True, slots=True)
class PolicyWarning:
    """Something doubtful: a stable code, where it stands, and what it means."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        """Return the line."""
        return f"{self.where}: {self.message}"
