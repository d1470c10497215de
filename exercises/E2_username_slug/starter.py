def username(name):
    """Returns the user name for a name."""
