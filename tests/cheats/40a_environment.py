# 40. PYTEST_ADDOPTS, PYTHON* and plugins by the environment. No case passes.
# exercise: numbers; styles: all
import os

os.environ.update(
    PYTEST_ADDOPTS="--collect-only -q",
    PYTEST_PLUGINS="starter",
    PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    PYTHONSTARTUP="starter.py",
    PYTHONPATH=".",
    PYTHONHOME="/nonexistent",
    PYTHONOPTIMIZE="2",
    LD_PRELOAD="./evil.so",
)


def pytest_configure(config):
    os._exit(0)


def mean(*args):
    return -1


root = is_prime = mean
