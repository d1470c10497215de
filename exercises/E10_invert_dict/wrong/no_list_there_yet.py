# status: tests_failed
# fails: test_each_value_once, test_several_keys_for_a_value, test_keys_stay_in_order, test_what_was_given_stays
def invert(pairs):
    inverted = {}
    for key, value in pairs.items():
        inverted[value].append(key)
    return inverted
