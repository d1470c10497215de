def tip(bill, percent):
    """Returns the tip for a bill."""


def share(bill, percent, people):
    """Returns what each of some people pays, tip included."""
