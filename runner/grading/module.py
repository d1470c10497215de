"""The stand-in for the learner's module, and how an import finds it."""

from importlib.machinery import ModuleSpec
from types import ModuleType

from . import describe


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


class Finder:
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
