def parse_age(text):
    """Returns the age that was typed; raises ValueError if it is none."""
    age = int(text) if text.strip().lstrip("+-").isdecimal() else -1
    if not 0 <= age <= 150:
        raise ValueError(f"{text!r} is no age: a whole number from 0 to 150")
    return age
