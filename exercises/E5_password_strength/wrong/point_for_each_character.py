# status: tests_failed
# fails: test_one_point_is_weak, test_two_points_are_weak, test_five_points_are_strong, test_eight_characters_are_enough, test_space_and_underscore_count
def password_strength(password):
    points = 0
    if len(password) >= 8:
        points += 1
    for c in password:
        if c.islower():
            points += 1
        elif c.isupper():
            points += 1
        elif c.isdigit():
            points += 1
        else:
            points += 1
    if points == 5:
        return "strong"
    elif points >= 3:
        return "medium"
    return "weak"
