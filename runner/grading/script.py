"""Runs the tests' top-level statements: each assert is a case, what stands between them must run to its end."""

import ast

from . import analyse
from .checks import Rewriter


class Script:
    def __init__(self, plan, replaces_stars):
        self.plan = plan
        rewriter = Rewriter(plan, replaces_stars)
        self.pieces = []
        for step in plan.steps:
            if step[0] == "assert":
                self.add(rewriter.statements([step[1]]), step[2], step[1])
            else:
                self.split(rewriter, step[1])

    def split(self, rewriter, body):
        # With asserts between them, a statement that fails must not keep the later ones from running.
        if not self.plan.has_asserts:
            return self.add(rewriter.statements(body), None, body[0])
        for node in body:
            self.add(rewriter.statements([node]), None, node)

    def add(self, body, index, node):
        module = ast.Module(body=body, type_ignores=[])
        code = compile(module, analyse.PATH, "exec", self.plan.flags, True)
        self.pieces.append((code, index, node))

    def run(self, space, reporter):
        """Runs it all; the case of what failed in a text that has no top-level asserts, or None."""
        plan = self.plan
        lost = {}
        joined = plan.script is not None
        for code, index, node in self.pieces:
            if reporter.clock.is_spent():
                return None
            if index is not None and index in reporter.said:
                continue
            if joined:
                reporter.run(lambda: exec(code, space), plan.script)
                return None
            case = reporter.run(lambda: exec(code, space), index, quiet=index is None)
            if case is None or index is not None:
                continue
            if not plan.has_asserts:
                return case
            if case["status"] == "skipped":
                case["status"] = "error"
            case["name"] = "Line %d" % (case.get("line") or node.lineno)
            reporter.send(case)
            for name in bound_by(node):
                lost[name] = case
            self.pass_on(lost, space, reporter)
        return None

    def pass_on(self, lost, space, reporter):
        """Cases that need a name which could not be made fail with the reason for that."""
        for code, index, node in self.pieces:
            if index is None or index in reporter.said:
                continue
            for name in (each.id for each in ast.walk(node) if isinstance(each, ast.Name)):
                if name in lost and name not in space:
                    reporter.send_again(dict(lost[name], micros=0), [index])
                    break


def bound_by(node):
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
        elif isinstance(each, (ast.Import, ast.ImportFrom)):
            found |= {(item.asname or item.name).partition(".")[0] for item in each.names}
        elif isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            found.add(each.name)
    return found
