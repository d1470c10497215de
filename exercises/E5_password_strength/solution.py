def password_strength(password):
    """Returns "weak", "medium" or "strong"."""
    points = 0
    if len(password) >= 8:
        points += 1
    if any(c.islower() for c in password):
        points += 1
    if any(c.isupper() for c in password):
        points += 1
    if any(c.isdigit() for c in password):
        points += 1
    if any(not c.isalnum() for c in password):
        points += 1
    if points == 5:
        return "strong"
    return "medium" if points >= 3 else "weak"
