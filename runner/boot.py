"""The first Python code of a zygote: loads the runner and hands back its four functions.

The native part executes this text in a dictionary of its own, once, in an interpreter that has been initialised as
for `python3 main.py`, then calls `boot`, and later what `boot` returned. The runner's modules never enter
`sys.modules`, and they see a private copy of the builtins: what a program does to the real ones cannot reach them, and it
cannot find them by name.
"""

def make_parse():
    """JSON by the C scanner alone: nothing else is imported before the imports are watched."""
    from _json import make_scanner

    class Context:
        strict = True
        object_hook = object_pairs_hook = None
        parse_float = float
        parse_int = int
        parse_constant = None
        memo = {}

    scan = make_scanner(Context)

    def parse(text):
        return scan(text.decode("utf-8"), 0)[0]

    return parse


def boot(bundle, settings):
    """Warms this interpreter up; returns a function that loads the rest and returns `(rehearse, text, prepare, finish)`.

    `bundle` is JSON {module name: source}, `settings` is JSON {report_fd, workdir, preload, role}; the role says
    whether programs or tests are to run in its cells.
    """
    import builtins
    import marshal
    import sys

    base = dict(sys.modules)
    base_importers = dict(sys.path_importer_cache)
    main_items = list(sys.modules["__main__"].__dict__.items())
    sources, settings = map(make_parse(), (bundle, settings))

    private = dict(vars(builtins))
    packages = {"runner": type(sys)("runner"), "runner.grading": type(sys)("runner.grading")}
    packages["runner"].grading = packages["runner.grading"]
    loading = {}
    compiled = {}

    def code_of(name):
        if name not in compiled:
            path = "<runner/%s.py>" % name.replace(".", "/")
            compiled[name] = marshal.dumps(compile(sources[name], path, "exec", dont_inherit=True))
        return marshal.loads(compiled[name])

    def load(name):
        module = loading.get(name)
        if module is None:
            module = loading[name] = type(sys)("runner." + name)
            module.__package__, _, last = module.__name__.rpartition(".")
            module.__builtins__ = private
            exec(code_of(name), module.__dict__)
            setattr(packages[module.__package__], last, module)
        return module

    def import_(name, globals=None, locals=None, fromlist=(), level=0):
        # `from . import x`, `from .x import y` and `from .. import z` inside the bundle; all else is Python's own business.
        if not level:
            return builtins.__import__(name, globals, locals, fromlist, level)
        place = globals["__package__"] if level == 1 else "runner"
        target = (place + "." + name).rstrip(".")
        if target not in packages:
            return load(target[len("runner.") :])
        for item in fromlist:
            load((target + "." + item)[len("runner.") :])
        return packages[target]

    private["__import__"] = import_
    warm = load("warm")
    role = settings.get("role", "program")
    side = "grading.examiner" if role == "tests" else "grading.learner"
    recorder = warm.Recorder()
    names = settings.get("preload")
    names = warm.DEFAULT if names is None else names
    known = warm.intern(warm.words(map(code_of, warm.bundled(sources, ("program", "store", side, "rehearsal")))) + names)
    recorder.start()
    warm.preload(names + warm.FOR_TESTS if role == "tests" else names)
    # For what it imports.
    for name in ("program", "store", side):
        load(name)
    recorder.stop()

    def settle():
        # Once more, and now side by side: a cell copies each page on which it counts a reference.
        loading.clear()
        program, storing = load("program"), load("store")
        store = storing.Store(base)
        cell = program.Cell(
            store=store,
            parse=make_parse(),
            workdir=settings["workdir"],
            report_fd=settings["report_fd"],
            main_items=main_items,
            side=load(side),
            is_for_tests=role == "tests",
        )
        # A cell without a mount namespace has its folder on a file system that may be of any kind.
        store.tells_changes = settings["workdir"] is not None and storing.tells_changes()
        storing.settle(store, recorder, base, base_importers, known)
        load("rehearsal").ahead(cell)
        storing.freeze(store)
        if cell.workdir is not None:
            cell.renew_main()
        return cell.rehearse, cell.text, cell.prepare, cell.finish

    return settle
