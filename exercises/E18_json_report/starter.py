import json


def report(text):
    """Returns a report on the results as JSON."""
