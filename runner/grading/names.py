"""The names in the tests: which are the learner's, and which expressions come from the learner's code."""

import _symtable
import ast
import builtins

_BUILTINS = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__", "__builtins__", "__spec__", "__path__"}
_BOUND = _symtable.DEF_LOCAL | _symtable.DEF_IMPORT | _symtable.DEF_PARAM
_GLOBAL = (_symtable.GLOBAL_IMPLICIT, _symtable.GLOBAL_EXPLICIT)
# No import stands in these, or none that is done when the tests are loaded.
_SIMPLE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assert, ast.Expr, ast.Assign)


def symbols(text, path="tests.py"):
    """(names used from the module or beyond, names that the module binds)."""
    used, bound = set(), set()
    top = _symtable.symtable(text, path, "exec")
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.children
        for name, flags in table.symbols.items():
            scope = (flags >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK
            if table is top:
                if flags & _BOUND:
                    bound.add(name)
                if flags & _symtable.USE:
                    used.add(name)
            elif scope in _GLOBAL:
                if flags & _symtable.USE:
                    used.add(name)
                if flags & _symtable.DEF_LOCAL:
                    bound.add(name)
    return used, bound


class Use:
    """Which names the tests use, and what stands for something of the learner's."""

    def __init__(self, text, tree, modules, nodes):
        self.modules = modules
        self.used, self.bound = symbols(text)
        self.spans = {}
        # {name in the tests: dotted name that was imported}, for every import anywhere.
        self.imported = {}
        self.stars = False
        self.imports_learners = False
        # Every call and comparison, and what is assigned to what.
        self.calls = []
        self.compares = []
        self.assignments = []
        self.functions = {}
        self.collect(nodes)
        self.imports_at_top = imports_at_top(tree.body, modules)
        if ">>>" in text:
            self.collect_examples(nodes)
        self.free = {name for name in self.used - self.bound - _BUILTINS if name not in modules}
        self.modules_used = {name for name in modules if name in self.used and name not in self.bound}
        self.builtins_used = (self.used & _BUILTINS) - self.bound
        self.found = None

    @property
    def learners(self):
        """See `find_learners`."""
        if self.found is None:
            self.found = self.find_learners()
        return self.found

    def collect(self, nodes):
        for node in nodes:
            if isinstance(node, ast.Import):
                for each in node.names:
                    self.imported[each.asname or each.name.partition(".")[0]] = each.name
                    self.imports_learners |= each.name in self.modules
            elif isinstance(node, ast.ImportFrom) and not node.level:
                self.imports_learners |= node.module in self.modules
                for each in node.names:
                    if each.name == "*":
                        self.stars |= node.module in self.modules
                    else:
                        self.imported[each.asname or each.name] = node.module + "." + each.name
            elif isinstance(node, ast.Call):
                self.calls.append(node)
            elif isinstance(node, ast.Compare):
                self.compares.append(node)
            elif isinstance(node, ast.Assign):
                self.assignments += [(target, node.value) for target in node.targets]
            elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
                self.assignments.append((node.target, node.value))
            elif isinstance(node, ast.With):
                self.assignments += [(i.optional_vars, i.context_expr) for i in node.items if i.optional_vars]
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions[node.name] = node

    def collect_examples(self, nodes):
        """The examples in docstrings use names, too."""
        import doctest

        for node in nodes:
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)):
                text = ast.get_docstring(node)
                if text and ">>>" in text:
                    try:
                        source = "".join(each.source for each in doctest.DocTestParser().get_examples(text))
                        used, bound = symbols(source)
                    except (SyntaxError, ValueError):
                        continue
                    self.used |= used - bound

    def meaning(self, name):
        """The dotted name that it was imported as."""
        if name is None:
            return None
        first, dot, rest = name.partition(".")
        return self.imported.get(first, first) + dot + rest

    def imports(self, module):
        return any(each.partition(".")[0] == module for each in self.imported.values())

    def find_learners(self):
        """The names (also dotted ones, `self.stack`) that stand for something of the learner's, as far as one sees."""
        found = set(self.free) | self.modules_used
        for name, origin in self.imported.items():
            if origin.partition(".")[0] in self.modules:
                found.add(name)
        for _ in range(3):
            before = len(found)
            for target, value in self.assignments:
                if root(value) in found or chain(value) in found or self.calls_learners(value, found):
                    add_target(target, found)
            for call in self.calls:
                function = self.functions.get(chain(call.func) or "")
                if function is not None:
                    for parameter, value in zip(function.args.args, call.args):
                        if root(value) in found:
                            found.add(parameter.arg)
            if len(found) == before:
                break
        return found

    def is_learners_call(self, node, found=None):
        if not isinstance(node, ast.Call):
            return False
        found = self.learners if found is None else found
        name = chain(node.func)
        while name:
            if name in found:
                return True
            name = name.rpartition(".")[0]
        return False

    def calls_learners(self, node, found=None):
        return any(self.is_learners_call(each, found) for each in ast.walk(node))

    def learners_only_builtin(self, public):
        """The one builtin name that is the function under test, or None (a learner's `len` must not help to compare)."""
        if self.free or self.modules_used or "output" in self.used:
            return None
        if any(origin.partition(".")[0] in self.modules for origin in self.imported.values()):
            return None
        found = [name for name in self.builtins_used if name in public and name in vars(builtins)]
        if len(found) != 1:
            return None
        for compare in self.compares:
            # With the same name on both sides, one answer of the learner's would be compared with another.
            if sum(mentions(side, found[0]) for side in (compare.left, *compare.comparators)) > 1:
                return None
        return found[0]


def mentions(node, name):
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(node))


def imports_at_top(body, modules):
    for node in body:
        if isinstance(node, _SIMPLE):
            continue
        for each in ast.walk(node):
            if isinstance(each, ast.Import) and any(item.name in modules for item in each.names):
                return True
            if isinstance(each, ast.ImportFrom) and each.module in modules:
                return True
    return False


def chain(node):
    """`self.stack.pop` of such an expression, or None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Call) and parts:
        return chain(node.func)
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def root(node):
    """The name that an expression starts with."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript, ast.Await)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def add_target(target, found):
    if isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            add_target(each, found)
    elif isinstance(target, (ast.Name, ast.Attribute)):
        name = chain(target)
        if name and name != "self":
            found.add(name)
