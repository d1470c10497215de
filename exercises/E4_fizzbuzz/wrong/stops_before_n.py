# status: tests_failed
# fails: test_one_is_a_text, test_n_is_the_last_number, test_three_is_fizz, test_five_is_buzz, test_fifteen_is_both, test_up_to_a_hundred
def fizzbuzz(n):
    said = []
    for number in range(1, n):
        word = ""
        if number % 3 == 0:
            word += "Fizz"
        if number % 5 == 0:
            word += "Buzz"
        said.append(word or str(number))
    return said
