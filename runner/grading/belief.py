"""When a yes of the learner's code to a value of the tests is worth something; see docs/decisions/0007."""

import random

_STRANGE = type("Stranger", (), {})


class Belief:
    """The part of a bridge that asks again."""

    def decoys(self, item):
        """Values of the same type that are certainly another one."""
        if type(item) is str:
            letters = list(item) or ["a"]
            random.shuffle(letters)
            return ["".join(letters) + chr(random.randrange(97, 123)) for _ in range(15)]
        if type(item) in (int, float):
            return [item + random.choice((-1, 1)) * random.randrange(50, 10 ** random.randrange(2, 9)) for _ in range(15)]
        return [_STRANGE() for _ in range(7)]

    def equal(self, first, second):
        """`first == second` of two objects of the learner's: what their class says, unless it says the same of objects
        that were made of other values."""
        made = self.made.get(getattr(second, "_si_number", None))
        if made is None:
            first, second = second, first
            made = self.made.get(getattr(second, "_si_number", None))
        others = []
        for _ in range(2 if made else 0):
            args = [self.other_value(arg) for arg in made[1]]
            if args == made[1]:
                break
            try:
                others.append(self.ask("call", made[0], *args))
            except Exception:
                break
        asked = [second, *others]
        random.shuffle(asked)
        answers = {id(each): self.ask("eq", first, each) for each in asked}
        if others and all(answer is True for answer in answers.values()):
            return False
        return answers[id(second)]

    def other_value(self, value):
        """Another value of the same kind; containers that can change are not touched but copied."""
        if type(value) in (int, float, str):
            return self.decoys(value)[0]
        if type(value) in (list, tuple):
            return type(value)([*value, self.other_value(value[0]) if value else 0])
        return value

    def holds(self, question, item):
        """Whether a yes of the learner's code to a value of the tests is worth something: among decoys, in any order,
        it is said to the value and to few of them."""
        asked = [(item, True), *[(decoy, False) for decoy in self.decoys(item)]]
        random.shuffle(asked)
        answers = []
        for value, is_item in asked:
            try:
                answer = question(value)
            except Exception:
                if is_item:
                    raise
                answer = False
            if is_item:
                result = answer
            else:
                answers.append(answer)
        # Some may be in it for good: an interval has neighbours.
        if result is True and sum(answer is True for answer in answers) > len(answers) // 4:
            return False
        return result
