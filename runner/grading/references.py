"""What stays on one side and what stands for it on the other, from the tests' side: reads what the program refers to,
writes references to it, and hands out numbers for what the tests keep."""

import sys

from . import describe, numbers, stand_in, wire
from .module import LearnersModule


class References:
    """The part of a bridge that knows what stands for what."""

    def forget(self, number, generation):
        if generation == self.generation:
            self.freed.append(number)

    def refer(self, writer, value):
        """Writes what is not rebuilt on the other side."""
        kind = type(value)
        if isinstance(kind, stand_in.StandInType) or isinstance(value, stand_in.StandInType) or kind is stand_in.Function:
            return self.refer_stand_in(writer, value)
        if kind is LearnersModule:
            return ["M"]
        if kind in self.classes:
            return ["nt", self.classes[kind], *[writer.value(item) for item in value]]
        if isinstance(value, type):
            if value in self.classes:
                return ["o", self.classes[value]]
            if issubclass(value, BaseException):
                return self.refer_exception(value)
        if isinstance(value, BaseException):
            args = [writer.value(arg) for arg in value.args]
            return ["E", self.refer_exception(kind), args, self.callbacks.number(value)]
        return numbers.write(value) or self.callbacks.refer(value)

    def refer_stand_in(self, writer, value):
        names = type.__getattribute__(value, "__dict__") if isinstance(value, type) else None
        if names is not None:
            number, generation = names["_si_class"], names["_si_era"]
        elif isinstance(value, BaseException):
            number, generation = value.__dict__.get("_si_number"), value.__dict__.get("_si_generation")
            if number is None:
                args = [writer.value(arg) for arg in value.args]
                return ["E", self.refer_stand_in(writer, type(value)), args, self.callbacks.number(value)]
        else:
            number, generation = value._si_number, value._si_generation
        if generation != self.generation:
            raise RuntimeError("the program was started again; this object belonged to the one before")
        return ["o", number]

    def refer_exception(self, kind):
        name = wire.NAMES.get(kind)
        if name is not None:
            return ["T", name]
        if isinstance(kind, stand_in.StandInType):
            return self.refer_stand_in(None, kind)
        if describe.is_shared_exception(kind):
            return ["X", kind.__module__, kind.__name__]
        return self.callbacks.refer(kind)

    def resolve(self, reader, item):
        """Reads what the program refers to."""
        tag = item[0]
        if tag == "h":
            return self.resolve_object(reader, item)
        if tag == "fn":
            found = self.lasting.get(item[1])
            if found is None:
                found = self.lasting[_number(item[1])] = self.make_function(item[1], item[2])
            return found
        if tag == "k":
            return self.lasting[item[1]]
        if tag == "K":
            return self.make_class(reader, _number(item[1]), item[2])
        if tag == "M":
            return self.module
        if tag == "m":
            return self.object_of(self.plain_kind, _number(item[1]))
        if tag == "aw":
            return stand_in.coroutine(self, _number(item[1]), self.generation)
        if tag == "O":
            return self.callbacks.get(item[1])
        if tag == "X":
            return self.shared_exception(item[1], item[2])
        if tag == "E":
            return self.exception(item[1], reader)
        if tag == "np":
            return numbers.read(item)
        raise wire.Broken("unknown tag")

    def resolve_object(self, reader, item):
        number, kind = _number(item[1]), reader.value(item[2])
        if self.classes.get(kind) is not None:
            return kind._make(reader.value(item[3]))
        if not isinstance(kind, stand_in.StandInType):
            raise wire.Broken("not a class of the learner's")
        found = self.objects.get(number)
        base = reader.value(item[3]) if len(item) > 3 else None
        if len(item) > 3:
            if type(base) is not type.__getattribute__(kind, "__dict__").get("_si_plain_type", type(base)):
                raise wire.Broken("not its base")
            if not kind._si_known:
                return base
            if found is not None:
                object.__setattr__(found, "_si_plain", base)
        return self.object_of(kind, number) if len(item) <= 3 else self.object_of(kind, number, base)

    def object_of(self, kind, number, *base):
        """The one object here for an object there."""
        found = self.objects.get(number)
        if found is None:
            # It may have gone here, and come again before the other side heard of that.
            self.freed = [each for each in self.freed if each != number]
            found = self.objects[number] = stand_in.make(self, kind, number, *base)
        return found

    def make_function(self, number, told):
        if type(told) is not dict:
            raise wire.Broken("not a function")
        old = self.by_name.get(told.get("name"))
        if type(old) is stand_in.Function and old._si_generation != self.generation:
            # The same function of a program that was started again.
            old.__dict__.update(_si_number=number, _si_generation=self.generation)
            return old
        return stand_in.Function(self, number, told)

    def make_class(self, reader, number, told):
        if type(told) is not dict:
            raise wire.Broken("not a class")
        if "namedtuple" in told:
            return self.make_namedtuple(reader, number, told)
        bases = [reader.value(base) for base in told["bases"]]
        bases = [base for base in bases if isinstance(base, stand_in.StandInType) or issubclass(base, BaseException)]
        old = self.by_name.get(told["name"])
        if isinstance(old, stand_in.StandInType) and old._si_era != self.generation:
            old._si_class, old._si_era = number, self.generation
            self.lasting[number] = old
            return old
        made = self.lasting[number] = stand_in.make_class(self, number, told, tuple(bases))
        return made

    def make_namedtuple(self, reader, number, told):
        from collections import namedtuple

        defaults = {name: reader.value(value) for name, value in told.get("defaults", ())}
        fields = told["namedtuple"]
        kind = namedtuple(told["name"], fields, defaults=[defaults[name] for name in fields if name in defaults])
        kind.__module__ = "starter"
        kind.__doc__ = told.get("doc") or kind.__doc__
        self.classes[kind] = number
        self.lasting[number] = kind
        return kind

    def shared_exception(self, module, name):
        if module not in describe.MODULES or type(name) is not str:
            raise wire.Broken("not an exception of the standard library")
        __import__(module)
        kind = getattr(sys.modules[module], name, None)
        if not (isinstance(kind, type) and issubclass(kind, Exception)):
            raise wire.Broken("not an exception")
        return kind

    def exception(self, told, reader):
        """The exception that the program tells of, made here."""
        if "origin" in told:
            error = self.callbacks.get(told["origin"])
            if isinstance(error, BaseException):
                return error
        kind = reader.value(told["class"])
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise wire.Broken("not an exception")
        args = [reader.value(arg) for arg in told["args"]]
        attributes = {name: reader.value(value) for name, value in told["attributes"].items()}
        error = None
        if isinstance(kind, stand_in.StandInType):
            error = kind.__new__(kind)
            error.__dict__["_si_text"] = told.get("text")
            if "handle" in told:
                error.__dict__.update(_si_number=told["handle"], _si_generation=self.generation)
        else:
            files = [reader.value(each) for each in told.get("files", ())]
            try:
                error = kind(*args, *files)
            except Exception:
                error = kind.__new__(kind)
        error.args = tuple(args)
        error.__dict__.update(attributes)
        error._learners_trace = told.get("trace")
        for text in told.get("notes") or ():
            error.__notes__ = [*getattr(error, "__notes__", ()), text]
        if "cause" in told:
            error.__cause__ = self.exception(told["cause"], reader)
        return error

    def define_subclass(self, kind, name, bases, names, options):
        """A class statement of the tests with a class of the learner's among its bases."""
        told = []
        for key, value in names.items():
            if key in ("__module__", "__qualname__", "__classcell__", "__doc__", "__orig_bases__", "__firstlineno__"):
                continue
            if key in ("__static_attributes__", "__annotations__", "__annotate__"):
                continue
            if isinstance(value, staticmethod):
                told.append([key, "static", value.__func__])
            elif isinstance(value, classmethod):
                told.append([key, "class", value.__func__])
            elif isinstance(value, property):
                told.append([key, "property", (value.fget, value.fset, value.fdel)])
            else:
                told.append([key, "value", value])
        type.__setattr__(kind, "_si_era", self.generation)
        type.__setattr__(kind, "_si_known", True)
        type.__setattr__(kind, "_si_of_tests", True)
        number = self.ask("subclass", name, list(bases), told, names.get("__doc__"))
        if not isinstance(number, stand_in.StandInType):
            raise self.broken()
        there = type.__getattribute__(number, "__dict__")
        type.__setattr__(kind, "_si_class", there["_si_class"])
        type.__setattr__(kind, "_si_special", there["_si_special"])
        self.lasting[there["_si_class"]] = kind



def _number(value):
    if type(value) is not int:
        raise wire.Broken("not a number of an object")
    return value
