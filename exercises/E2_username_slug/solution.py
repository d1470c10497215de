def username(name):
    """Returns the user name for a name."""
    cleaned = name.lower().replace(".", "").replace("'", "")
    return "-".join(cleaned.split())
