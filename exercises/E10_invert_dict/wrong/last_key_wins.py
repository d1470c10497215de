# status: tests_failed
# fails: test_each_value_once, test_several_keys_for_a_value, test_keys_stay_in_order
def invert(pairs):
    return {value: key for key, value in pairs.items()}
