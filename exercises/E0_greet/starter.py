def greet(name):
    """Returns a greeting for somebody with this name."""
