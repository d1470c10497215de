def greet(name):
    """Returns a greeting for somebody with this name."""
    return f"Hello, {name}!"
