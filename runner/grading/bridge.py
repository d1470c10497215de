"""The tests' side of the conversation: the stand-in for the learner's module, and every question that it leads to.

The program's side is not believed: what it sends is a value or nothing. When it ends, breaks the rules or is too slow,
the test that waited has failed (`end`), whatever the test makes of the exception, and the next one gets a new program.
"""

import random
import select
import signal
import sys
import threading
from importlib.machinery import ModuleSpec
from types import ModuleType
from weakref import WeakValueDictionary

from . import callbacks, describe, numbers, stand_in, surroundings, wire
from .channel import Closed, Frames

_FREE_AT_ONCE = 64
# What may keep its arguments; a class that is called may, too. As on the other side.
_KEEPERS = frozenset(("set", "put", "method", "member", "setitem"))
_STRANGE = type("Stranger", (), {})


class ProgramEnded(BaseException):
    """The program is not there any more; no `except Exception` of a test may take this for an answer."""


class LearnersModule(ModuleType):
    """The stand-in for the learner's module."""

    def __init__(self, bridge):
        super().__init__("starter")
        object.__setattr__(self, "_si_bridge", bridge)
        object.__setattr__(self, "__file__", "main.py")

    def __getattr__(self, name):
        if name in ("__path__", "__all__"):
            raise AttributeError(name)
        return self._si_bridge.get(name)

    def __setattr__(self, name, value):
        if name in ("__spec__", "__loader__", "__package__", "__file__", "__cached__"):
            return object.__setattr__(self, name, value)
        bridge = self._si_bridge
        bridge.fixed.pop(name, None)
        bridge.ask("set", self, name, value)

    def __delattr__(self, name):
        self._si_bridge.fixed.pop(name, None)
        self._si_bridge.ask("del", self, name)

    def __dir__(self):
        return self._si_bridge.ask("dir", self)

    @property
    def __doc__(self):
        return self._si_bridge.ask("get", self, "__doc__")

    @property
    def __dict__(self):
        return _Names(self)


class _Names(dict):
    """The module's names, as `vars(starter)` gives them: looked up when they are wanted."""

    def __init__(self, module):
        super().__init__()
        for name in module._si_bridge.public_names():
            try:
                self[name] = getattr(module, name)
            except AttributeError:
                pass


class _Finder:
    """Finds the learner's module under each of its names."""

    def __init__(self, bridge):
        self.bridge = bridge

    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name in describe.MODULE_NAMES else None

    def create_module(self, spec):
        self.bridge.load()
        self.is_fresh = True
        return self.bridge.module

    def exec_module(self, module):
        # A second time is `importlib.reload`.
        if not self.is_fresh:
            self.bridge.take_names(self.bridge.ask("reload"))
        self.is_fresh = False


class RemoteBridge:
    """The learner's program in another process."""

    names = describe.MODULE_NAMES

    def __init__(self, fd, code):
        self.frames = Frames(fd)
        self.code = code
        self.poll = select.poll()
        self.poll.register(fd, select.POLLIN)
        self.lock = threading.RLock()
        self.module = LearnersModule(self)
        self.generation = 0
        self.sequence = 0
        self.is_loaded = False
        self.failure = None
        # Why the program has to be replaced: a reason in one word, or None.
        self.dead = None
        self.trouble = None
        self.printed = ""
        self.callbacks = callbacks.Callbacks()
        self.surroundings = surroundings.Surroundings()
        self.plain_kind = None
        self.mentioned_names = frozenset()
        # Names that the tests have set on objects or classes of the learner's: they are looked up there.
        self.replaced = set()
        self.raised = {}
        self.reset()
        # Functions and classes by their names in the module: they outlive the program that they were made for.
        self.fixed = {}
        self.by_name = {}

    def reset(self):
        self.objects = WeakValueDictionary()
        self.lasting = {}
        self.classes = {}
        self.freed = []
        self.live = wire.Live()
        # What the tests have made of values: number -> (class, arguments).
        self.made = {}
        self.plain_kind = stand_in.make_class(self, 0, {"name": "object", "special": []}, ())

    # What the suite uses.

    def install(self):
        if not any(getattr(finder, "bridge", None) is self for finder in sys.meta_path):
            sys.meta_path.insert(0, _Finder(self))

    def mentioned(self, tree):
        self.mentioned_names = surroundings.names_in(tree)
        self.surroundings.watch(tree)

    def begin(self):
        self.trouble = None

    def end(self):
        """What went wrong with the program since `begin`, in words; None if nothing did."""
        trouble, self.trouble = self.trouble, None
        return trouble

    def public_names(self):
        self.load()
        return self.public

    def get(self, name):
        self.load()
        if name in self.fixed:
            return self.fixed[name]
        return self.ask("get", self.module, name)

    def output(self):
        self.load()
        return self.printed

    def is_learners(self, value):
        return stand_in.is_stand_in(value) or isinstance(value, LearnersModule)

    def doctests(self):
        self.load()
        return self.ask("names")

    def decoys(self, item):
        """Values of the same type that are certainly another one."""
        if type(item) is str:
            letters = list(item) or ["a"]
            random.shuffle(letters)
            return ["".join(letters) + chr(random.randrange(97, 123)) for _ in range(7)]
        if type(item) in (int, float):
            return [item + random.choice((-1, 1)) * random.randrange(1, 10 ** random.randrange(1, 9)) for _ in range(7)]
        return [_STRANGE() for _ in range(3)]

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
        it is said to the value and not to all of them."""
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
        if result is True and all(answer is True for answer in answers):
            return False
        return result

    # Loading.

    def load(self):
        with self.lock:
            if self.dead:
                self.restart()
            if self.failure is not None:
                raise self.failure
            if self.is_loaded:
                return
            self.is_loaded = True
            try:
                writer = wire.Writer(self.refer, None, self.live)
                answer = self.question(["load", self.next(), self.extras(writer)], writer.containers)
            except ProgramEnded:
                raise
            except BaseException as error:
                if not self.dead:
                    self.failure = error
                raise
            self.take_names(answer)

    def take_names(self, answer):
        if type(answer) is not list or len(answer) != 3 or type(answer[2]) is not str:
            raise self.broken()
        public, known, self.printed = answer
        self.public = [name for name in public if type(name) is str]
        self.fixed = {name: value for name, value in known.items() if type(name) is str}
        self.by_name.update(self.fixed)
        for name, value in self.fixed.items():
            if name in self.mentioned_names and isinstance(value, stand_in.StandInType):
                value._si_known = True

    def restart(self):
        """Gives the present program up and gets another one."""
        reason, self.dead = self.dead, None
        self.generation += 1
        self.reset()
        self.is_loaded = False
        self.surroundings.forget()
        self.send({"restart": reason})
        while True:
            word = self.receive()
            if type(word) is dict and "restarted" in word:
                break
        if word["restarted"] is not True:
            self.dead = "gone"
            raise ProgramEnded(self.note("it had to be started again too often"))

    def note(self, how):
        self.trouble = "your program did not answer: " + how
        return self.trouble

    def broken(self):
        self.dead = "broken"
        return ProgramEnded(self.note("it sent something that is not an answer"))

    # Asking.

    def next(self):
        self.sequence += 1
        return self.sequence

    def ask(self, operation, *args, **kwargs):
        """Asks the program to do something; its answer, or the exception that it raised."""
        with self.lock:
            self.load()
            writer = wire.Writer(self.refer, None, self.live)
            extras = self.extras(writer)
            written = [writer.value(arg) for arg in args]
            named = {name: writer.value(arg) for name, arg in kwargs.items()}
            item = ["do", self.next(), operation, written, named, extras]
            keeps = operation in _KEEPERS or operation == "call" and isinstance(args[0], stand_in.StandInType)
            try:
                return self.question(item, writer.containers, operation == "get", keeps)
            except (StopIteration, StopAsyncIteration) as error:
                if operation in ("next", "anext") or operation == "run" and isinstance(error, StopAsyncIteration):
                    raise
                # It would end a loop of the tests before they have checked everything.
                raise RuntimeError("your program raised %s" % type(error).__name__) from None

    def extras(self, writer):
        """What the tests have changed since the last question; written before its arguments, by the same writer."""
        extras = self.surroundings.news(writer)
        live = self.live.news(writer)
        if live:
            extras["live"] = live
        if len(self.freed) > _FREE_AT_ONCE:
            extras["free"], self.freed = self.freed, []
        return extras

    def question(self, item, containers, reads=False, keeps=False):
        """`reads` and `keeps`: whether the answer, or the arguments, may be shared from here on."""
        number = item[1]
        try:
            self.send(item)
            while True:
                answer = self.receive()
                if type(answer) is dict:
                    if "gone" in answer:
                        self.dead = "gone"
                        raise ProgramEnded(self.note(str(answer["gone"])))
                    continue
                if answer[0] == "out":
                    self.say(answer)
                elif answer[0] == "cb":
                    self.call_back(answer)
                elif answer[0] in ("ret", "exc") and answer[1] == number:
                    return self.take(answer, containers, reads, keeps)
                else:
                    raise wire.Broken("not an answer")
        except ProgramEnded:
            raise
        except BaseException as error:
            if isinstance(error, Exception) and not getattr(error, "_si_answer", False):
                # Whatever it was that could not be read: it was sent by the program.
                raise self.broken() from None
            if not getattr(error, "_si_answer", False):
                # The time of this test is up, or a callback was left by force: nobody waits for the answer any more.
                self.dead = "timeout"
                self.trouble = self.trouble or "your program did not answer in time"
            raise

    def take(self, answer, containers, reads, keeps):
        """The value of an answer, or its exception raised."""
        _, _, told, changed, rest = answer
        reader = wire.Reader(self.resolve, containers, self.live)
        value = reader.value(told) if answer[0] == "ret" else self.exception(told, reader)
        results = reader.containers
        wire.apply_changes(changed, containers.__getitem__, wire.Reader(self.resolve, containers, self.live))
        if rest:
            if rest.get("result") and not reads or rest.get("arguments") and not keeps:
                raise wire.Broken("nothing of this is shared")
            for number, place in rest.get("result", ()):
                self.live.add(results[place], number)
            for number, place in (*rest.get("arguments", ()), *rest.get("taken", ())):
                self.live.add(containers[place], number)
            reader = wire.Reader(self.resolve, containers, self.live)
            self.live.take(rest.get("live", []), reader)
            for number, place in rest.get("new", ()):
                self.live.add(reader.containers[place], number)
            self.surroundings.take_files(rest.get("files", []))
        if answer[0] == "ret":
            return value
        value._si_answer = True
        raise value

    def call_back(self, question):
        """Does what the learner's code wants of an object of the tests."""
        _, number, target, operation, args, kwargs = question
        reader = wire.Reader(self.resolve, (), self.live)
        args = [reader.value(arg) for arg in args]
        kwargs = {name: reader.value(arg) for name, arg in kwargs.items()}
        containers = reader.containers
        before = [wire.snapshot(each) for each in containers]
        known = {id(each): place for place, each in enumerate(containers)}
        writer = wire.Writer(self.refer, known, self.live)
        try:
            value = writer.value(self.callbacks.do(target, operation, args, kwargs))
            reply = ["ret", number, value, wire.changes(zip(range(len(containers)), containers, before), writer)]
        except wire.Broken:
            raise
        except Exception as error:
            reply = ["exc", number, self.told(error, writer), []]
        self.send(reply)

    def told(self, error, writer):
        place = self.callbacks.number(error)
        kind = type(error)
        args = []
        for arg in error.args:
            try:
                args.append(writer.value(arg))
            except Exception:
                args.append(None)
        told = {"class": self.refer_exception(kind), "args": args, "origin": place}
        if isinstance(kind, stand_in.StandInType) and "_si_number" in error.__dict__:
            told["object"] = self.refer_stand_in(writer, error)
        return told

    def say(self, answer):
        _, number, text = answer
        if type(text) is not str:
            raise wire.Broken("not text")
        stream = sys.stderr if number == 2 else sys.stdout
        stream.write(text)

    # The channel.

    def send(self, item):
        signal.pthread_sigmask(signal.SIG_BLOCK, _ALARM)
        try:
            self.frames.send(item)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALARM)

    def receive(self):
        """The next frame. The alarm that ends a test is let through while nothing has been read, and only then."""
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, _ALARM)
            return self.frames.receive(self.wait)
        except Closed:
            # The service has gone: so is everything else.
            raise SystemExit(1) from None
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALARM)

    def wait(self):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALARM)
        self.poll.poll()
        signal.pthread_sigmask(signal.SIG_BLOCK, _ALARM)

    # References.

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
            return stand_in.make(self, self.plain_kind, _number(item[1]))
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
        if found is not None:
            return found
        if number in self.freed:
            self.freed.remove(number)
        made = stand_in.make(self, kind, number, base) if len(item) > 3 else stand_in.make(self, kind, number)
        self.objects[number] = made
        return made

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

    # Classes of the tests.

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


_ALARM = (signal.SIGALRM,)


def _number(value):
    if type(value) is not int:
        raise wire.Broken("not a number of an object")
    return value
