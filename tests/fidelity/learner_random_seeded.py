import random

random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.sample(range(50), 5))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.gauss(0, 1), random.Random("text").random())
print(random.choices(["a", "b"], [1, 3], k=5))
