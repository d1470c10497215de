import copy
import dataclasses
import typing


@dataclasses.dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    tags: typing.List[str] = dataclasses.field(default_factory=list, compare=False)


a, b = Version(1, 2), Version(1, 10, ["x"])
print(a < b, max(a, b), dataclasses.asdict(b), dataclasses.replace(a, minor=7), hash(a) == hash(Version(1, 2, ["y"])))
c = copy.deepcopy(b)
print(c == b, c.tags is b.tags, [field.name for field in dataclasses.fields(Version)])
a.major = 3
