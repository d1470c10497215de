import csv


def totals(path):
    """Returns what was earned with each product."""
