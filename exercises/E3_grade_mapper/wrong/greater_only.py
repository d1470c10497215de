# status: tests_failed
# fails: Test 1, Test 3, Test 4, Test 5
def grade(score):
    if score < 0 or score > 100:
        return "invalid"
    if score > 90:
        return "A"
    elif score > 80:
        return "B"
    elif score > 70:
        return "C"
    elif score > 60:
        return "D"
    else:
        return "F"
