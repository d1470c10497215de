"""The tests' side of the conversation: the stand-in for the learner's module, and every question that it leads to.

The program's side is not believed: what it sends is a value or nothing. When it ends, breaks the rules or is too slow,
the test that waited has failed (`end`), whatever the test makes of the exception, and the next one gets a new program.
"""

import select
import sys
import threading
from _signal import SIG_BLOCK, SIG_UNBLOCK, SIGALRM, pthread_sigmask
from weakref import WeakValueDictionary

from . import callbacks, describe, stand_in, shared, surroundings, wire
from .belief import Belief
from .channel import Closed, Frames
from .module import Finder, LearnersModule
from .references import References

_FREE_AT_ONCE = 64
# What may keep its arguments. As on the other side.
_KEEPERS = frozenset(("call", "set", "put", "method", "member", "setitem"))


class ProgramEnded(BaseException):
    """The program is not there any more; no `except Exception` of a test may take this for an answer."""


class RemoteBridge(Belief, References):
    """The learner's program in another process."""

    names = describe.MODULE_NAMES

    def __init__(self, fd):
        self.frames = Frames(fd)
        self.code = ""
        self.poll = select.poll()
        self.poll.register(fd, select.POLLIN)
        self.lock = threading.RLock()
        self.module = LearnersModule(self)
        self.generation = 0
        self.sequence = 0
        self.is_loaded = False
        self.failure = None
        # The question that loads the program, once it has been sent, and what it was written with.
        self.loading = None
        # Calls that are certain to come (`foresight.py`): those that have yet to be asked for, and the questions that have
        # been asked and whose answers have yet to be taken: (number, name, arguments, named ones).
        self.coming = None
        self.foreseen = []
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
        self.live = shared.Live()
        # What the tests have made of values: number -> (class, arguments).
        self.made = {}
        self.plain_kind = stand_in.make_class(self, 0, {"name": "object", "special": []}, ())

    def begin_job(self, code):
        self.code = code
        self.surroundings.argv = list(sys.argv)

    # What the suite uses.

    def install(self):
        if not any(getattr(finder, "bridge", None) is self for finder in sys.meta_path):
            sys.meta_path.insert(0, Finder(self))

    def mentioned(self, nodes):
        """What stands in the tests' text."""
        self.mentioned_names = surroundings.names_in(nodes)
        self.surroundings.watch(nodes, self.mentioned_names)

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
        """The examples in the learner's docstrings: (name, [(source, wanted, line)], what runs one there)."""
        import doctest

        self.load()
        parse = doctest.DocTestParser().get_examples
        for name, text in self.ask("docstrings"):
            examples = [(each.source, each.want, each.lineno) for each in parse(text)]
            if examples:
                yield name, examples, lambda source, name=name: self.ask("doctest", source, name)

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
                if self.loading is None:
                    self.ask_to_load()
                (question, containers), self.loading = self.loading, None
                answer = self.question(question, containers, has_been_asked=True)
            except ProgramEnded:
                raise
            except BaseException as error:
                if not self.dead:
                    self.failure = error
                raise
            self.take_names(answer)
            if self.coming is not None:
                self.ask_ahead()

    def ask_to_load(self):
        """Has the program loaded; `load` waits for it."""
        writer = wire.Writer(self.refer, None, self.live)
        question = ["load", self.next(), self.extras(writer)]
        self.send(question)
        self.loading = question, writer.containers

    def foresee(self, needed, calls):
        """`calls` are asked next in any case, if the program has the functions and classes that are `needed`. They are asked
        for when it has been loaded: now, if that is so."""
        if not calls:
            return
        self.coming = needed, calls
        if self.poll.poll(0) and self.frames.next_begins(b'["ret",'):
            try:
                self.load()
            except ProgramEnded:
                # Found out once more by the test that needs it.
                pass

    def ask_ahead(self):
        (needed, calls), self.coming = self.coming, None
        told = [[name, *self.written(args, kwargs)[:2]] for name, args, kwargs in calls]
        number = self.next()
        self.foreseen = [(number, None, None, None), *((self.next(), *call) for call in calls)]
        self.send(["calls", len(calls), number, needed, told])

    def written(self, args, kwargs):
        """Arguments as they are sent, and the containers among them."""
        writer = wire.Writer(self.refer, None, self.live)
        value = writer.value
        return [value(arg) for arg in args], {name: value(arg) for name, arg in kwargs.items()}, writer.containers

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
        self.foreseen.clear()
        self.coming = None
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
            if self.foreseen:
                return self.take_foreseen(operation, args, kwargs)
            writer = wire.Writer(self.refer, None, self.live)
            extras = self.extras(writer)
            written = [writer.value(arg) for arg in args]
            named = {name: writer.value(arg) for name, arg in kwargs.items()}
            item = ["do", self.next(), operation, written, named, extras]
            keeps = operation in _KEEPERS
            try:
                return self.question(item, writer.containers, operation == "get", keeps)
            except (StopIteration, StopAsyncIteration) as error:
                if operation in ("next", "anext") or operation == "run" and isinstance(error, StopAsyncIteration):
                    raise
                # It would end a loop of the tests before they have checked everything.
                raise RuntimeError("your program raised %s" % type(error).__name__) from None

    def take_foreseen(self, operation, args, kwargs):
        """The answer to a question that has been asked already."""
        number, name, expected, named = self.foreseen.pop(0)
        if name is None:
            # Whether the program has what is needed.
            self.question(["calls", number], (), has_been_asked=True)
            return self.ask(operation, *args, **kwargs)
        if (
            operation == "call"
            and args[0] is self.fixed.get(name)
            and repr((args[1:], kwargs)) == repr((tuple(expected), named))
        ):
            return self.question(["do", number], self.written(args[1:], kwargs)[2], keeps=True, has_been_asked=True)
        # It should not come to that. What has been asked cannot be taken back: the program begins anew.
        self.dead = "broken"
        return self.ask(operation, *args, **kwargs)

    def extras(self, writer):
        """What the tests have changed since the last question; written before its arguments, by the same writer."""
        extras = self.surroundings.news(writer)
        live = self.live.news(writer)
        if live:
            extras["live"] = live
        if len(self.freed) > _FREE_AT_ONCE:
            extras["free"], self.freed = self.freed, []
        return extras

    def question(self, item, containers, reads=False, keeps=False, has_been_asked=False):
        """`reads` and `keeps`: whether the answer, or the arguments, may be shared from here on."""
        number = item[1]
        try:
            if not has_been_asked:
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
                    # The last, for now: whatever else was foreseen has not been done.
                    self.foreseen.clear()
                    return self.take(answer, containers, reads, keeps)
                elif answer[0] == "and" and answer[1] == number and self.foreseen:
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
        value = self.exception(told, reader) if answer[0] == "exc" else reader.value(told)
        results = reader.containers
        shared.apply_changes(changed, containers.__getitem__, wire.Reader(self.resolve, containers, self.live))
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
        if answer[0] != "exc":
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
        before = [shared.snapshot(each) for each in containers]
        known = {id(each): place for place, each in enumerate(containers)}
        writer = wire.Writer(self.refer, known, self.live)
        try:
            value = writer.value(self.callbacks.do(target, operation, args, kwargs))
            reply = ["ret", number, value, shared.changes(zip(range(len(containers)), containers, before), writer)]
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
        pthread_sigmask(SIG_BLOCK, _ALARM)
        try:
            self.frames.send(item)
        finally:
            pthread_sigmask(SIG_UNBLOCK, _ALARM)

    def receive(self):
        """The next frame. The alarm that ends a test is let through while nothing has been read, and only then."""
        try:
            pthread_sigmask(SIG_BLOCK, _ALARM)
            return self.frames.receive(self.wait)
        except Closed:
            # The service has gone: so is everything else.
            raise SystemExit(1) from None
        finally:
            pthread_sigmask(SIG_UNBLOCK, _ALARM)

    def wait(self):
        pthread_sigmask(SIG_UNBLOCK, _ALARM)
        self.poll.poll()
        pthread_sigmask(SIG_BLOCK, _ALARM)


_ALARM = (SIGALRM,)
