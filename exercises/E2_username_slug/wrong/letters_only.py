# status: tests_failed
# fails: Test 7
def username(name):
    kept = ""
    for letter in name.lower():
        if letter.isalpha() or letter == " ":
            kept += letter
    return "-".join(kept.split())
