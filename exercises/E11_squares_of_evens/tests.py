assert squares_of_evens([1, 2, 3, 4]) == [4, 16]
assert squares_of_evens([]) == []
assert squares_of_evens([7, 9]) == []
assert squares_of_evens([4, 2]) == [16, 4]
assert squares_of_evens([0]) == [0]
assert squares_of_evens([-2, -3]) == [4]
assert squares_of_evens([2, 2]) == [4, 4]

numbers = [1, 2, 3]
squares_of_evens(numbers)
assert numbers == [1, 2, 3]
