def initials(name):
    """Returns the initials of a name, such as "A.L."."""
