# status: tests_failed
# fails: test_one_is_a_text, test_n_is_the_last_number, test_five_is_buzz, test_up_to_a_hundred
def fizzbuzz(n):
    said = []
    for number in range(1, n + 1):
        if number % 15 == 0:
            said.append("FizzBuzz")
        elif number % 3 == 0:
            said.append("Fizz")
        elif number % 5 == 0:
            said.append("Buzz")
        else:
            said.append(number)
    return said
