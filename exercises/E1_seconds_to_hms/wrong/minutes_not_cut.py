# status: tests_failed
# fails: Test 6, Test 7
def seconds_to_hms(seconds):
    return f"{seconds // 3600:02}:{seconds // 60:02}:{seconds % 60:02}"
