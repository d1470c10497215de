"""What the tests consist of, found in their text alone, before the learner's code is loaded: the list of cases is
fixed here."""

import __future__

import ast
import builtins
import re

from ..interactive import dotted
from . import names as scopes

PATH = "tests.py"
_BUILTINS = frozenset(dir(builtins))
_TEST_FUNCTION = re.compile(r"test(_|[A-Z0-9]|$)")
_RUNNERS = {"unittest.main", "pytest.main"}
_HARMLESS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)


class Plan:
    """The tests' text, taken apart."""

    path = PATH
    learners_path = "main.py"

    def __init__(self, text, names):
        self.text = text
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.learners_names = names
        # The cases' names, in the order of the text.
        self.names = []
        # ("script", [statements]) and ("assert", statement, index), in order.
        self.steps = []
        # Classes and functions with tests: {name: {method: index}} and {name: index}.
        self.unit_classes = {}
        self.classes = {}
        self.functions = {}
        # (owner's name, its docstring's node, index)
        self.docs = []
        self.has_asserts = False
        self.is_main = False
        self.is_examples = False
        self.script = None
        self.checks = []

    def source(self, line):
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def has_tests(self):
        return bool(self.unit_classes or self.classes or self.functions)

    def add(self, name):
        self.names.append(name)
        return len(self.names) - 1


def read(text, names):
    """The plan, as far as the names in the text are known; raises SyntaxError when the tests do not compile."""
    plan = Plan(text, names)
    try:
        tree = compile(text, PATH, "exec", ast.PyCF_ONLY_AST, True)
    except SyntaxError:
        if not re.search(r"^[ \t]*>>> ", text, re.M):
            raise
        tree = ast.Module(body=[], type_ignores=[])
        plan.is_examples = True
    plan.tree = tree
    plan.nodes = walk(tree)
    if not plan.is_examples:
        plan.use = scopes.Use(text, tree, names, plan.nodes)
    return plan


def walk(tree):
    """As `ast.walk` of a tree that was just made, in a quarter of the time."""
    nodes = [tree]
    for node in nodes:
        for value in node.__dict__.values():
            if isinstance(value, list):
                nodes += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST):
                nodes.append(value)
    return nodes


def take_apart(plan):
    """Finds the cases and what stands between them."""
    if plan.is_examples:
        from . import with_doctest

        return with_doctest.plan_text(plan)
    tree = plan.tree
    plan.flags = future_flags(tree)
    find_classes(plan)
    find_functions(plan)
    find_docs(plan)
    body = tree.body
    guards = [node for node in body if is_main_guard(node)]
    if guards:
        if plan.has_tests():
            body = [node for node in body if not is_main_guard(node)]
        else:
            plan.is_main = True
            body = [each for node in body for each in (node.body if is_main_guard(node) else [node])]
    split(plan, body)
    name_all(plan)


def future_flags(tree):
    flags = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for each in node.names:
                flags |= getattr(getattr(__future__, each.name, None), "compiler_flag", 0)
    return flags


def is_main_guard(node):
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    test = node.test
    if len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides) and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def find_classes(plan):
    known = {}
    deleted = {
        target.id
        for node in plan.tree.body
        if isinstance(node, ast.Delete)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in plan.tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        bases = [plan.use.meaning(dotted(base)) for base in node.bases]
        is_unit = any(base and (base.endswith("TestCase") or known.get(base, (0,))[0] == "unit") for base in bases)
        own = {each.name: each for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
        methods = {}
        for base in reversed(bases):
            methods.update(known.get(base, ("", {}))[1])
        for each in node.body:
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                methods.pop(each.targets[0].id, None)
        methods.update({name: each for name, each in own.items() if name.startswith("test")})
        known[node.name] = ("unit" if is_unit else "plain", methods)
        if node.name in deleted or not methods:
            continue
        if is_unit:
            plan.unit_classes[node.name] = dict.fromkeys(methods)
        elif node.name.startswith("Test") and "__init__" not in own and not is_off(node):
            plan.classes[node.name] = dict.fromkeys(methods)
        else:
            continue
        plan.use.spans[node.name] = node


def is_off(node):
    """`__test__ = False`."""
    return any(
        isinstance(each, ast.Assign) and dotted(each.targets[0]) == "__test__" and not getattr(each.value, "value", 1)
        for each in node.body
    )


def find_functions(plan):
    if not any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in plan.tree.body):
        return
    helpers = called_with_arguments(plan.tree)
    for node in plan.tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or not _TEST_FUNCTION.match(node.name):
            continue
        if any("fixture" in (dotted(getattr(each, "func", each)) or "") for each in node.decorator_list):
            continue
        # A script's own helper, which it calls itself.
        if node.name in helpers and (node.args.args or node.args.vararg):
            continue
        if node.name == "test" and (node.args.args or not plan.use.imports("pytest")):
            continue
        plan.functions[node.name] = None
        plan.use.spans[node.name] = node


def called_with_arguments(tree):
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            continue
        for each in ast.walk(node):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
                if each.args or each.keywords:
                    found.add(each.func.id)
    return found


def find_docs(plan):
    if ">>>" not in plan.text:
        return
    owners = [("", plan.tree)]
    for node in plan.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            owners.append((node.name, node))
            if isinstance(node, ast.ClassDef):
                owners += [
                    (node.name + "." + each.name, each)
                    for each in node.body
                    if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))
                ]
    for name, node in owners:
        if ast.get_docstring(node, clean=False) and re.search(r"^\s*>>> ", node.body[0].value.value, re.M):
            plan.docs.append((name, node.body[0].value, None))


def split(plan, body):
    """Top-level asserts are cases; what stands between them is script."""
    plan.has_asserts = any(isinstance(node, ast.Assert) for node in body)
    script = []
    for node in body:
        if isinstance(node, ast.Assert):
            if script:
                plan.steps.append(("script", script))
                script = []
            plan.steps.append(("assert", node))
        elif not (plan.has_tests() and is_own_run(node, plan)):
            script.append(node)
    if script:
        plan.steps.append(("script", script))


def is_own_run(node, plan):
    """`unittest.main()` and the like, and a script's own call of one of its tests: they are run anyway."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    called = plan.use.meaning(dotted(node.value.func))
    return called in _RUNNERS or called in plan.functions and not node.value.args and not node.value.keywords


def name_all(plan):
    """Numbers the cases in the order of the text."""
    found = []
    for step in plan.steps:
        if step[0] == "assert":
            found.append((step[1].lineno, step[1].col_offset, "assert", step, None))
    for kind, classes in (("unit", plan.unit_classes), ("class", plan.classes)):
        for name, methods in classes.items():
            node = plan.use.spans[name]
            lines = {each.name: each.lineno for each in node.body if hasattr(each, "name")}
            for count, method in enumerate(methods):
                found.append((lines.get(method, node.lineno), count, kind, (methods, name, method), method))
    for name in plan.functions:
        found.append((plan.use.spans[name].lineno, 0, "function", name, name))
    for count, (owner, node, _) in enumerate(plan.docs):
        found.append((node.lineno, 0, "doc", count, "doctest " + owner if owner else "doctest"))
    found.sort(key=lambda each: each[:2])
    simple = [each[4] for each in found]
    asserts = 0
    at = {}
    for each in found:
        kind, what = each[2], each[3]
        if kind == "assert":
            asserts += 1
            at[id(what)] = plan.add("Test %d" % asserts)
        elif kind in ("unit", "class"):
            methods, owner, method = what
            twice = simple.count(method) > 1
            methods[method] = plan.add(owner + "." + method if twice else method)
        elif kind == "function":
            plan.functions[what] = plan.add(each[4])
        else:
            owner, node, _ = plan.docs[what]
            plan.docs[what] = (owner, node, plan.add(each[4]))
    plan.steps = [step + (at[id(step)],) if step[0] == "assert" else step for step in plan.steps]
    if not plan.names and not all(is_idle(node, plan) for _, body in plan.steps for node in body):
        plan.script = plan.add("Test 1")


def is_idle(node, plan):
    """Whether a statement checks nothing: definitions, texts, and `unittest.main()` where there is nothing to run."""
    if isinstance(node, _HARMLESS) or isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return is_own_run(node, plan)
