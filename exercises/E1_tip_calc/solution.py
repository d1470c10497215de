def tip(bill, percent):
    """Returns the tip for a bill."""
    return round(bill * percent / 100, 2)


def share(bill, percent, people):
    """Returns what each of some people pays, tip included."""
    return round((bill + tip(bill, percent)) / people, 2)
