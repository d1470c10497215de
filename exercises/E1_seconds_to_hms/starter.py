def seconds_to_hms(seconds):
    """Returns a number of seconds as "HH:MM:SS"."""
