import bisect
import collections
import enum
import heapq
import itertools
import operator
import typing


class Color(enum.Enum):
    RED = 1
    GREEN = 2


class Flag(enum.IntFlag):
    READ = 4
    WRITE = 2


Point = collections.namedtuple("Point", "x y", defaults=[0])
print(Point(1), Point(1, 2)._replace(x=5)._asdict(), Color.RED, repr(Color(2)), list(Color), Color["RED"].name, repr(Flag.READ))
queue = collections.deque([1, 2, 3], maxlen=3)
queue.append(4)
print(queue, heapq.nsmallest(2, [5, 1, 4]), bisect.bisect([1, 3, 5], 3), list(itertools.pairwise([1, 2, 3])) if hasattr(itertools, "pairwise") else [(1, 2), (2, 3)])
print(list(itertools.groupby("aabbc"))[0][0], list(itertools.permutations("abc", 2))[:3], operator.itemgetter(1)([1, 2]))
print(collections.ChainMap({"a": 1}, {"b": 2})["b"], typing.get_type_hints(Point), typing.Optional[int])
print({3, 1, 2} | {5}, frozenset([1]), dict(a=1) | dict(b=2), [*range(3), *"ab"], {**{"x": 1}})
Color(3)
