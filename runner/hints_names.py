"""What hints are made of: names that a frame can see, and the one that was probably meant."""

import builtins
import sys


_STEP = 2
_CASE = 1


def near(name, names):
    """The one name that is nearly this one; where Python itself would suggest one, the same."""
    names = list(names)
    if not 1 < len(name) <= 40:
        return None
    found, best = None, sys.maxsize
    for each in names:
        if type(each) is not str or each == name or len(each) > 40:
            continue
        limit = min((len(each) + len(name) + 3) * _STEP // 6, best - 1)
        if abs(len(each) - len(name)) * _STEP > limit:
            continue
        distance = _distance(name, each, limit)
        if distance <= limit:
            found, best = each, distance
    if found is None:
        # Two letters swapped: the commonest slip, and too far by that measure in a short name.
        swapped = [each for each in names if type(each) is str and _swapped(name, each)]
        found = swapped[0] if swapped else None
    return found


def _swapped(left, right):
    if len(left) != len(right):
        return False
    wrong = [index for index, letter in enumerate(left) if letter != right[index]]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return left[first] == right[second] and left[second] == right[first]


def _distance(left, right, limit):
    """Python's own measure: a step costs 2, another case of a letter 1; anything above `limit` when it is more."""
    row = list(range(_STEP, _STEP * (len(left) + 1), _STEP))
    result = 0
    for index, letter in enumerate(right):
        distance = result = index * _STEP
        least = sys.maxsize
        for place, other in enumerate(left):
            cost = 0 if other == letter else _CASE if other.lower() == letter.lower() else _STEP
            replaced = distance + cost
            distance = row[place]
            result = min(min(result, distance) + _STEP, replaced)
            row[place] = result
            least = min(least, result)
        if least > limit:
            return limit + 1
    return result


def names_of(frame):
    """The variables that a frame sees, its own first; empty where looking could run code of the program's."""
    found = dict(frame.f_globals) if type(frame.f_globals) is dict else {}
    own = frame.f_locals
    if type(own) is dict or type(own).__name__ == "FrameLocalsProxy":
        found.update(own)
    return found


def builtin_names():
    return vars(builtins)


def article(kind):
    return ("an " if kind[:1] in "aeiou" else "a ") + kind
