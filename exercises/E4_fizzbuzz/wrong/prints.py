# status: tests_failed
# fails: test_one_is_a_text, test_n_is_the_last_number, test_three_is_fizz, test_five_is_buzz, test_fifteen_is_both, test_up_to_a_hundred, test_zero_is_an_empty_list
def fizzbuzz(n):
    for number in range(1, n + 1):
        if number % 15 == 0:
            print("FizzBuzz")
        elif number % 3 == 0:
            print("Fizz")
        elif number % 5 == 0:
            print("Buzz")
        else:
            print(number)
