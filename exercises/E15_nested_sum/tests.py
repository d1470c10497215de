assert nested_sum([1, 2, 3]) == 6
assert nested_sum([]) == 0
assert nested_sum([1, [2, 3], [[4]]]) == 10
assert nested_sum([[], [[]]]) == 0
assert nested_sum([[[[[5]]]], -5]) == 0
assert nested_sum([0.5, [0.25]]) == 0.75
