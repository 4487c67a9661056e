"""Names that another system may give twice, told apart."""

__all__ = ["unique_names"]


def unique_names(names: list[str], ids: list[str]) -> list[str]:
    """Return names, with the id behind those that are there twice.

    >>> unique_names(["Desk", "Night", "Desk"], ["1", "2", "3"])
    ['Desk (1)', 'Night', 'Desk (3)']
    """
    return [name if names.count(name) == 1 else f"{name} ({each})" for name, each in zip(names, ids, strict=True)]
