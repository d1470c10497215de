def password_strength(password):
    """Returns "weak", "medium" or "strong"."""
