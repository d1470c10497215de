# status: tests_failed
# fails: test_eight_characters_are_enough
def password_strength(password):
    points = 0
    if len(password) > 8:
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
    elif points >= 3:
        return "medium"
    return "weak"
