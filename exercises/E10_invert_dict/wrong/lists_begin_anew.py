# status: tests_failed
# fails: test_several_keys_for_a_value, test_keys_stay_in_order
def invert(pairs):
    inverted = {}
    for key, value in pairs.items():
        inverted[value] = [key]
    return inverted
