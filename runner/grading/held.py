"""What stays on one side and what stands for it on the other, from the program's side: numbers for the learner's objects,
and what the tests refer to."""

import importlib
from types import BuiltinFunctionType, CoroutineType, FunctionType, MethodType, ModuleType

from . import describe, numbers, wire

_FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType)


class Held:
    """The part of the program's side that knows what stands for what."""

    def handle(self, value):
        number = self.handles.get(id(value))
        if number is None:
            number = self.handles[id(value)] = self.next_handle
            self.next_handle += 1
            self.objects[number] = value
        return number

    def is_new(self, value):
        return id(value) not in self.handles

    def refer(self, writer, value):
        """Writes what is not rebuilt on the other side."""
        self.referred += 1
        foreign = self.foreigners.number_of(value)
        if foreign is not None:
            return ["O", foreign]
        if isinstance(value, type):
            return self.refer_class(writer, value)
        kind = type(value)
        if isinstance(value, _FUNCTIONS):
            is_new = self.is_new(value)
            return ["fn", self.handle(value), describe.describe_function(value) if is_new else None]
        if kind is CoroutineType:
            return ["aw", self.handle(value)]
        if kind is ModuleType:
            return ["M"] if value is self.module else ["m", self.handle(value), describe.text(value.__name__)]
        if isinstance(value, BaseException):
            entry = self.origins.get(id(value))
            told = describe.describe_exception(value, writer, self.path, entry and entry[1])
            told["handle"] = self.handle(value)
            return ["E", told]
        number = numbers.write(value)
        if number is not None:
            return number
        base = describe.base_of(kind)
        out = ["h", self.handle(value), self.refer_kind(writer, kind)]
        if base is not None:
            out.append(writer.value(describe.base_value(value, base)))
        return out

    def refer_class(self, writer, kind):
        name = wire.NAMES.get(kind)
        if name is not None:
            return ["T", name]
        if issubclass(kind, BaseException) and describe.is_shared_exception(kind):
            return ["X", kind.__module__, kind.__name__]
        return self.refer_kind(writer, kind)

    def refer_kind(self, writer, kind):
        """The class of an object that is not rebuilt: described, whatever it is."""
        if not self.is_new(kind):
            return ["k", self.handle(kind)]
        number = self.handle(kind)
        is_learners = kind.__module__ in describe.MODULE_NAMES or kind.__module__ in ("__main__", "tests")
        return ["K", number, describe.describe_class(kind, writer, is_learners)]

    def resolve(self, reader, item):
        """Reads what the tests refer to."""
        tag = item[0]
        if tag == "o":
            return self.objects[item[1]]
        if tag == "M":
            return self.module
        if tag == "O":
            return self.foreigners.get(item[1])
        if tag == "H":
            return self.foreigners.make(*item[1:])
        if tag == "X":
            return getattr(importlib.import_module(item[1]), item[2])
        if tag == "E":
            kind = reader.value(item[1])
            args = [reader.value(arg) for arg in item[2]]
            error = kind(*args)
            self.origins[id(error)] = (error, item[3])
            return error
        if tag == "nt":
            return self.objects[item[1]]._make(reader.items(item, 2))
        if tag == "np":
            return numbers.read(item)
        raise wire.Broken("unknown tag")
