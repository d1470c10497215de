"""The program's side of grading: loads the learner's module and answers what the tests ask of it.

Everything here shares a process with the learner's code and can be changed by it. That is taken into account on the
other side: whatever is answered here is no more than a value that the learner's code returned.
"""

import builtins
import importlib
import io
import sys
from importlib.machinery import ModuleSpec
from posix import _exit, getpid
from select import POLLIN, poll
from sys import getrefcount
from types import FunctionType, ModuleType

from . import describe, files, shared, wire
from .channel import Closed, Frames
from .foreign import Foreigners
from .held import Held
from .operations import OPERATIONS
from .streams import Said, Tee

# What may keep its arguments; a call may, too, if it does.
_KEEPERS = frozenset(("set", "put", "method", "member", "setitem"))
_ABSENT = object()


def _has_kept(containers, referred, what):
    """Whether a call may go on with its arguments when it has returned: a class always, else if somebody refers to
    them who did not before (a generator that has yet to run, a list of the program's)."""
    now = [getrefcount(each) for each in containers]
    return isinstance(what, type) or any(count > before for count, before in zip(now, referred))


class Learner(Held):
    """One program cell's conversation."""

    def __init__(self, cell):
        self.cell = cell
        self.frames = Frames(cell.channel.fd)
        self.poll = poll()
        self.owner = getpid()
        self.path = cell.main_path
        self.module = None
        self.failure = None
        self.objects = {}
        self.handles = {}
        self.next_handle = 1
        # How often something was sent that is no plain value.
        self.referred = 0
        self.depth = 0
        self.sequence = 0
        self.foreigners = Foreigners(self)
        self.origins = {}
        self.originals = {}
        self.live = shared.Live()
        # What stood in classes before the tests put something else there.
        self.members = {}
        self.files = None
        self.loop = None
        self.streams = ()
        self.tee = None

    # The conversation.

    def serve(self):
        """Answers until nobody asks any more; raises what the module raised when it was loaded."""
        # Who waits in `read` is woken when the other side takes what was sent, too; who waits here is not.
        self.poll.register(self.frames.fd, POLLIN)
        try:
            while True:
                self.answer(self.frames.receive(self.poll.poll))
        except Closed:
            pass
        for stream in self.streams:
            stream.held.clear()
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        if self.failure is not None:
            raise self.failure

    def is_answering(self):
        return self.depth > 0

    def answer(self, item, goes_on=None):
        """Answers one question of the tests. `goes_on(reply)`, if there is one, says whether another answer comes after it
        that has been asked for already; returns what it said."""
        verb = item[0]
        if verb == "end":
            raise Closed
        if verb == "calls":
            return self.answer_ahead(item)
        self.depth += 1
        has_more = False
        try:
            try:
                reply = self.reply(item)
            except Closed:
                raise
            except BaseException as error:
                reply = self.raised(item[1], error, {})
            if getpid() != self.owner:
                # A child that the learner's code forked off and let come back: it does not speak for the program.
                _exit(1)
            for stream in self.streams:
                stream.let_go()
            if goes_on is not None and goes_on(reply):
                reply[0] = "and"
                has_more = True
            try:
                self.frames.send(reply)
            except (ValueError, RecursionError) as error:
                self.frames.send(self.raised(item[1], error, {}))
                has_more = False
        finally:
            self.depth -= 1
        return has_more

    def answer_ahead(self, item):
        """Makes the calls that the tests ask for next in any case, up to the first after which they might ask something
        else: where an answer is more than a plain value. None, if the module does not have what is needed."""
        _, _, number, needed, calls = item
        names = self.module.__dict__
        functions = [names.get(name) for name, _, _ in calls]
        fits = all(isinstance(names.get(name), (FunctionType, type)) for name in needed)
        fits = fits and all(type(function) is FunctionType for function in functions)
        self.frames.send(["and" if fits else "ret", number, None, [], {}])
        for left, function, (_, args, kwargs) in zip(range(len(calls) - 1, -1, -1), functions, calls) if fits else ():
            number += 1
            referred = self.referred

            def goes_on(reply):
                return left > 0 and reply[0] == "ret" and not reply[3] and not reply[4] and self.referred == referred

            if not self.answer(["do", number, "call", [["o", self.handle(function)], *args], kwargs, {}], goes_on):
                break

    def reply(self, item):
        """[verb, number, value or exception, changed arguments, the rest]."""
        number, known, containers, rest = item[1], {}, [], {}
        before, taken = [], (0, 0)
        try:
            reader = wire.Reader(self.resolve, (), self.live)
            if item[0] == "load":
                taken = self.prepare(item[2], reader)
                operation, act, args, kwargs = "load", self.load, (), {}
            else:
                _, _, operation, args, kwargs, extras = item
                taken = self.prepare(extras, reader)
                first = len(reader.containers)
                args = [reader.value(arg) for arg in args]
                kwargs = {name: reader.value(arg) for name, arg in kwargs.items()}
                containers = reader.containers
                before = [shared.snapshot(each) for each in containers]
                known = {id(each): place for place, each in enumerate(containers)}
                act = _OPERATIONS.get(operation) or getattr(self, _OWN[operation])
            referred = [getrefcount(each) for each in containers]
            value = act(*args, **kwargs)
            writer = wire.Writer(self.refer, known, self.live)
            reply = ["ret", number, writer.value(value)]
            if operation == "get":
                rest["result"] = self.live.adopt(writer.containers)
            elif operation in _KEEPERS or operation == "call" and _has_kept(containers, referred, args[0]):
                rest["arguments"] = self.live.adopt(containers, first)
        except Closed:
            raise
        except BaseException as error:
            reply = self.raised(number, error, known)[:3]
        writer = wire.Writer(self.refer, known, self.live)
        reply.append(shared.changes(zip(range(len(containers)), containers, before), writer))
        rest["taken"] = self.live.adopt(containers, *taken)
        writer = wire.Writer(self.refer, known, self.live)
        rest["live"] = self.live.news(writer)
        rest["new"] = self.live.adopt(writer.containers)
        if self.files is not None:
            rest["files"] = self.files.news()
        reply.append({key: value for key, value in rest.items() if value})
        return reply

    def raised(self, number, error, known):
        writer = wire.Writer(self.refer, known)
        entry = self.origins.get(id(error))
        origin = entry[1] if entry is not None and entry[0] is error else None
        return ["exc", number, describe.describe_exception(error, writer, self.path, origin), [], {}]

    def call_back(self, number, operation, args=(), kwargs=None):
        """Does something with an object of the tests."""
        if not self.depth or getpid() != self.owner:
            raise RuntimeError("this object of the tests can only be used while a test is waiting")
        for stream in self.streams:
            stream.let_go()
        self.sequence += 1
        sequence = self.sequence
        writer = wire.Writer(self.refer, None, self.live)
        args = [writer.value(arg) for arg in args]
        kwargs = {name: writer.value(arg) for name, arg in (kwargs or {}).items()}
        self.frames.send(["cb", sequence, number, operation, args, kwargs])
        while True:
            item = self.frames.receive(self.poll.poll)
            if item[0] == "do":
                self.answer(item)
                continue
            reader = wire.Reader(self.resolve, writer.containers, self.live)
            if item[0] == "ret":
                value = reader.value(item[2])
                shared.apply_changes(item[3], writer.containers.__getitem__, reader)
                return value
            if item[0] == "end":
                raise Closed
            self.reraise(item[2], reader)

    def reraise(self, told, reader):
        """Raises what the tests' object raised."""
        if "object" in told:
            raise reader.value(told["object"])
        kind = reader.value(told["class"])
        args = [reader.value(arg) for arg in told["args"]]
        error = kind.__new__(kind, *args)
        error.args = tuple(args)
        self.origins[id(error)] = (error, told["origin"])
        raise error

    # What can be asked.

    def load(self):
        """Loads the module: its public names, those of its functions and classes with what they stand for."""
        if self.module is None:
            self.execute()
        return self.names()

    def names(self):
        names = self.module.__dict__
        public = names.get("__all__")
        if type(public) not in (list, tuple):
            public = [name for name in names if not name.startswith("_")]
        known = {}
        for name, value in names.items():
            if type(value) is FunctionType or isinstance(value, type):
                known[name] = value
        kept = "".join(self.tee.kept) if self.tee else ""
        return [[name for name in public if type(name) is str], known, kept]

    def execute(self):
        module = ModuleType("starter")
        module.__file__ = self.path
        module.__builtins__ = builtins
        spec = ModuleSpec("starter", None, origin=self.path)
        module.__spec__ = spec
        self.module = module
        for name in describe.MODULE_NAMES:
            sys.modules[name] = module
        stdout = sys.stdout
        self.tee = sys.stdout = Tee(stdout)
        try:
            code = compile(self.cell.code, self.path, "exec", dont_inherit=True)
            exec(code, module.__dict__)
        except BaseException as error:
            self.failure = error
            raise
        finally:
            if sys.stdout is self.tee:
                sys.stdout = stdout
            try:
                stdout.flush()
                sys.stderr.flush()
            except Exception:
                pass
            self.streams = (Said(self, 1, "<stdout>"), Said(self, 2, "<stderr>"))
            if sys.stdout is sys.__stdout__:
                sys.stdout = self.streams[0]
            if sys.stderr is sys.__stderr__:
                sys.stderr = self.streams[1]

    def reload(self):
        exec(compile(self.cell.code, self.path, "exec", dont_inherit=True), self.module.__dict__)
        return self.names()

    def subclass(self, name, bases, names, doc):
        """A class of the tests that is built on the learner's: its methods call back."""
        wrap = {"function": lambda f: f, "static": staticmethod, "class": classmethod, "value": lambda v: v}
        wrap["property"] = lambda pair: property(*pair)
        space = {key: wrap[kind](value) for key, kind, value in names}
        space["__module__"] = "tests"
        if doc is not None:
            space["__doc__"] = doc
        meta = type(bases[0])
        for base in bases:
            if issubclass(type(base), meta):
                meta = type(base)
        return meta(name, tuple(bases), space)

    def run_coroutine(self, value):
        """Runs an awaitable to its end, in a loop that lives as long as the program."""
        import asyncio

        async def wait():
            return await value

        if self.loop is None:
            self.loop = asyncio.new_event_loop()
        return self.loop.run_until_complete(wait())

    def plain(self, value):
        """The plain value beneath an instance of a subclass of a built-in type, as it is now."""
        return describe.base_value(value, describe.base_of(type(value)))

    def put(self, kind, name, value):
        self.members.setdefault((kind, name), kind.__dict__.get(name, _ABSENT))
        setattr(kind, name, value)

    def put_back(self, kind, name):
        value = self.members[(kind, name)]
        delattr(kind, name) if value is _ABSENT else setattr(kind, name, value)

    def docstrings(self):
        """[name, text] of the module and of everything in it that has a docstring with an example."""
        found = [["starter", self.module.__doc__]]
        for name, value in list(self.module.__dict__.items()):
            if getattr(value, "__module__", None) != "starter":
                continue
            found.append([name, getattr(value, "__doc__", None)])
            if isinstance(value, type):
                members = value.__dict__.items()
                found += [[name + "." + key, getattr(member, "__doc__", None)] for key, member in members]
        return [[name, text] for name, text in found if isinstance(text, str) and ">>>" in text]

    def doctest(self, source, names):
        """Runs one example of a docstring in a copy of the module's names: what it printed, as doctest has it."""
        space = self.objects.setdefault(("doctest", names), dict(self.module.__dict__))
        said = io.StringIO()
        before, sys.stdout = sys.stdout, said
        try:
            exec(compile(source, "<doctest>", "single", dont_inherit=True), space)
        finally:
            sys.stdout = before
        return said.getvalue()

    # What the tests have changed around the program.

    def prepare(self, extras, reader):
        """Does what the tests have changed; where in the reader's containers those stand that both sides go on to hold.
        The order is that of writing."""
        for number in extras.get("free", ()):
            entry = self.objects.pop(number, None)
            if entry is not None:
                self.handles.pop(id(entry), None)
        for module, name, value in extras.get("set", ()):
            target = importlib.import_module(module)
            key = (module, name)
            if key not in self.originals:
                self.originals[key] = (target, getattr(target, name, None), hasattr(target, name))
            setattr(target, name, reader.value(value))
        for module, name in extras.get("restore", ()):
            target, value, was_there = self.originals[(module, name)]
            setattr(target, name, value) if was_there else delattr(target, name)
        if "environ" in extras:
            import os

            os.environ.clear()
            os.environ.update(reader.value(extras["environ"]))
        if "seed" in extras:
            importlib.import_module("random").seed(reader.value(extras["seed"]))
        if "files" in extras:
            if self.files is None:
                self.files = files.Folders()
            self.files.take(extras["files"])
        first = len(reader.containers)
        self.live.take(extras.get("live", []), reader)
        return first, len(reader.containers)


def _call(value, *args, **kwargs):
    return value(*args, **kwargs)


def _method(value, name, *args, **kwargs):
    return getattr(value, name)(*args, **kwargs)


def _member(kind, name, value, *args, **kwargs):
    return getattr(kind, name)(value, *args, **kwargs)


# What can be asked beside the learner's own methods, by name, and which of them has it.
_OPERATIONS = {**OPERATIONS, "call": _call, "method": _method, "member": _member}
_OWN = {name: name for name in ("subclass", "reload", "doctest", "put", "put_back", "plain", "docstrings")}
_OWN["run"] = "run_coroutine"


def ready(cell):
    """What can be made before there is a job."""
    cell.ready = Learner(cell)


def role(cell, job):
    """What a program cell does with a graded job."""
    return (cell.ready or Learner(cell)).serve


class _Nobody:
    """A channel at whose other end nobody is."""

    def send(self, item):
        wire.frame(item)


def rehearse(cell):
    """Loads a throw-away module and answers a question while the cell waits; leaves no trace."""
    main, streams = sys.modules["__main__"], (sys.stdout, sys.stderr)
    code, cell.code = cell.code, "def f(x):\n    return x\n"
    try:
        side = Learner(cell)
        side.frames = _Nobody()
        side.answer(wire.parse(b'["load",1,{}]'))
        side.answer(wire.parse(b'["calls",1,2,["f"],[["f",[1],{}]]]'))
        side.answer(wire.parse(b'["do",4,"call",[["o",1],["l",1]],{},{}]'))
    finally:
        cell.code = code
        sys.stdout, sys.stderr = streams
        for name in describe.MODULE_NAMES:
            sys.modules.pop(name, None)
        sys.modules["__main__"] = main
