# status: tests_failed
# fails: test_three_points_are_medium, test_four_points_are_medium, test_five_points_are_strong, test_eight_characters_are_enough, test_space_and_underscore_count
def password_strength(password):
    points = 0
    if len(password) >= 8:
        points += 1
    if password.islower():
        points += 1
    if password.isupper():
        points += 1
    if password.isdigit():
        points += 1
    if not password.isalnum():
        points += 1
    if points == 5:
        return "strong"
    elif points >= 3:
        return "medium"
    return "weak"
