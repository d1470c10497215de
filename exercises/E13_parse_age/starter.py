def parse_age(text):
    """Returns the age that was typed; raises ValueError if it is none."""
