# status: tests_failed
# fails: test_space_and_underscore_count
def password_strength(password):
    points = int(len(password) >= 8)
    points += any(c.islower() for c in password)
    points += any(c.isupper() for c in password)
    points += any(c.isdigit() for c in password)
    points += any(c in "!?.,;:#$%&*+-" for c in password)
    if points == 5:
        return "strong"
    elif points >= 3:
        return "medium"
    return "weak"
