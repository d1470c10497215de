def seconds_to_hms(seconds):
    """Returns a number of seconds as "HH:MM:SS"."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
