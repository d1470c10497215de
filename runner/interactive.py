"""Finds a main block that waits for a person, and leaves it out.

Only used when nothing was given on standard input. A block is left out when it is a top-level
`if __name__ == "__main__":` and reads standard input, itself or through functions and classes of the program that it
calls. All else runs as it stands: reading at the top level ends in `EOFError`, as in plain Python.
"""

import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_READING_MODULES = {"fileinput": ("input", "FileInput"), "getpass": ("getpass",)}


def skip(code, path):
    """`(code object, notices)` with the interactive blocks left out, or None when nothing is to be left out."""
    try:
        tree = ast.parse(code, path)
        finder = _Finder(tree)
        blocks = [node for node in tree.body if _is_main_block(node) and finder.reads(node.body)]
        if not blocks:
            return None
        tree.body = [node for node in tree.body if node not in blocks]
        program = compile(tree, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Python itself will say what is wrong with this text.
        return None
    return program, [_notice(block) for block in blocks[:9]]


def _notice(block):
    first, last = block.lineno, block.end_lineno
    lines = "line %d" % first if first == last else "lines %d-%d" % (first, last)
    return "Skipped the interactive section (%s): it waits for keyboard input and none was given." % lines


def _is_main_block(node):
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    test = node.test
    if len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    return sorted(map(_kind, (test.left, test.comparators[0]))) == ["main", "name"]


def _kind(node):
    if isinstance(node, ast.Name) and node.id == "__name__":
        return "name"
    if isinstance(node, ast.Constant) and node.value == "__main__":
        return "main"
    return ""


class _Finder:
    """Which of the program's functions read standard input."""

    def __init__(self, tree):
        # By plain name: functions, methods and classes (calling a class calls its methods' names in turn).
        self.definitions = {}
        self.methods = {}
        # Names that stand for something else than the builtin or the module of that name.
        self.shadowed = set()
        # Names bound to what reads: `from sys import stdin`, `import sys as s`.
        self.aliases = {"input": "input", "sys": "sys", "open": "open", "io": "io", "os": "os"}
        self.aliases.update((name, name) for name in _READING_MODULES)
        main_blocks = [node for node in tree.body if _is_main_block(node)]
        self._collect(tree.body, None)
        for block in main_blocks:
            self._collect(block.body, None)
        self.done = {}

    def _collect(self, body, owner):
        for node in _flat(body):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                (self.methods if owner else self.definitions).setdefault(node.name, []).append(node)
                if not owner:
                    self.shadowed.add(node.name)
            elif isinstance(node, ast.ClassDef):
                self.definitions.setdefault(node.name, []).append(node)
                self.shadowed.add(node.name)
                self._collect(node.body, node.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self.aliases[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.aliases[alias.asname or alias.name] = "%s.%s" % (node.module, alias.name)
                    self.shadowed.discard(alias.asname or alias.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not owner:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._assign(target.id, node.value)

    def _assign(self, name, value):
        path = dotted(value)
        if isinstance(value, ast.Lambda):
            self.definitions.setdefault(name, []).append(value)
            self.shadowed.add(name)
        elif path in self.definitions:
            self.definitions.setdefault(name, []).extend(self.definitions[path])
            self.shadowed.add(name)
        elif path is not None and self._resolve(path, ()) in _SOURCES:
            self.aliases[name] = self._resolve(path, ())
            self.shadowed.discard(name)
        else:
            self.shadowed.add(name)

    def _resolve(self, path, local):
        """`s.stdin` to `sys.stdin`, if `s` is the module; None when the name is the program's own."""
        head, _, rest = path.partition(".")
        if head in self.shadowed or head in local or head not in self.aliases:
            return None
        return self.aliases[head] + ("." + rest if rest else "")

    def reads(self, body, local=frozenset()):
        """Whether running these statements reads standard input."""
        todo = list(body)
        while todo:
            node = todo.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                # A definition runs nothing but its defaults and decorators.
                todo.extend(node.args.defaults + [each for each in node.args.kw_defaults if each])
                todo.extend(getattr(node, "decorator_list", ()))
                continue
            if self._is_source(node, local):
                return True
            if isinstance(node, ast.Call) and self._call_reads(node, local):
                return True
            todo.extend(ast.iter_child_nodes(node))
        return False

    def _is_source(self, node, local):
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
            path = dotted(node)
            name = path and self._resolve(path, local)
            if name and name.startswith(("sys.stdin", "sys.__stdin__")):
                return True
        return False

    def _call_reads(self, node, local):
        path = dotted(node.func)
        name = path and self._resolve(path, local)
        if name in ("input", "builtins.input"):
            return True
        if name in ("open", "io.open", "os.fdopen", "os.read", "builtins.open") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value in (0, "/dev/stdin") and first.value is not False:
                return True
        module, _, function = (name or "").partition(".")
        if function in _READING_MODULES.get(module, ()):
            return not (module == "fileinput" and (node.args or node.keywords))
        for argument in node.args:
            # `map(input, …)`, `run(ask)`: handed to something that will call it.
            given = dotted(argument)
            if given and (self._resolve(given, local) == "input" or self._own_reads(given, local)):
                return True
        return bool(path) and self._own_reads(path, local) or isinstance(node.func, ast.Attribute) and any(
            self._definition_reads(each) for each in self.methods.get(node.func.attr, ())
        )

    def _own_reads(self, path, local):
        if path in local or "." in path:
            return False
        return any(self._definition_reads(each) for each in self.definitions.get(path, ()))

    def _definition_reads(self, node):
        known = self.done.get(node)
        if known is None:
            # Recursion: as long as it is being looked at it adds nothing.
            self.done[node] = False
            if isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if getattr(each, "name", "") in _AT_CREATION]
                bases = [dotted(base) for base in node.bases]
                known = any(map(self._definition_reads, methods)) or any(
                    self._own_reads(base, ()) for base in bases if base
                )
            else:
                body = [node.body] if isinstance(node, ast.Lambda) else node.body
                known = self.reads(body, _locals(node))
                if not known:
                    # Functions inside, which it may call.
                    known = self._inner_reads(node, body)
            self.done[node] = known
        return known

    def _inner_reads(self, node, body):
        inner = [each for each in _flat(body) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
        called = {dotted(each.func) for part in body for each in ast.walk(part) if isinstance(each, ast.Call)}
        return any(each.name in called and self._definition_reads(each) for each in inner)


_AT_CREATION = ("__init__", "__new__", "__post_init__")
_SOURCES = ("input", "builtins.input", "sys.stdin", "sys", "sys.stdin.readline", "sys.stdin.read", "sys.stdin.buffer")


def _flat(body):
    """These statements and those nested in blocks, not those in functions and classes."""
    for node in body:
        yield node
        if not isinstance(node, _FUNCTIONS + (ast.ClassDef,)):
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(node, name, None)
                if isinstance(inner, list):
                    yield from _flat(inner)
            for handler in getattr(node, "handlers", ()):
                yield from _flat(handler.body)


def _locals(node):
    """Names that a function binds: they hide the builtin, the module and the program's functions."""
    args = node.args
    names = {each.arg for each in args.posonlyargs + args.args + args.kwonlyargs}
    names.update(each.arg for each in (args.vararg, args.kwarg) if each)
    if isinstance(node, ast.Lambda):
        return names
    globals_ = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            names.add(each.id)
        elif isinstance(each, ast.Global):
            globals_.update(each.names)
    for each in _flat(node.body):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(each.name)
    return names - globals_


def dotted(node):
    """`a.b.c` of a chain of names, or None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))
