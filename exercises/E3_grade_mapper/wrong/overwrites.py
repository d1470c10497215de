# status: tests_failed
# fails: Test 1, Test 2, Test 3, Test 4, Test 8
def grade(score):
    if score < 0 or score > 100:
        return "invalid"
    letter = "F"
    if score >= 90:
        letter = "A"
    if score >= 80:
        letter = "B"
    if score >= 70:
        letter = "C"
    if score >= 60:
        letter = "D"
    return letter
