# stdin: 50\nabc\n20\n37\n
import random

random.seed(7)
secret = 37
while True:
    try:
        guess = int(input("Guess: "))
    except ValueError:
        print("Not a number.")
        continue
    if guess == secret:
        print("Right!")
        break
    print("Too high." if guess > secret else "Too low.")
