def fizzbuzz(n):
    """Returns the list of what is said when counting from 1 to n."""
    said = []
    for number in range(1, n + 1):
        if number % 15 == 0:
            said.append("FizzBuzz")
        elif number % 3 == 0:
            said.append("Fizz")
        elif number % 5 == 0:
            said.append("Buzz")
        else:
            said.append(str(number))
    return said
