def initials(name):
    """Returns the initials of a name, such as "A.L."."""
    result = ""
    for part in name.split():
        result += part[0].upper() + "."
    return result
