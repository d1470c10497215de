# status: tests_failed
# fails: Test 1, Test 2, Test 3, Test 4, Test 5, Test 6, Test 7
def seconds_to_hms(seconds):
    return f"{seconds // 3600}:{seconds % 3600 // 60}:{seconds % 60}"
