"""The application with one of its guards taken away: what `mutations` shows to be noticed.

The source of a module is changed, compiled, and its functions are put in place of those that run. Nothing is written.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from fastapi import FastAPI

from api.app import create_app
from cli.craft import craft_of
from infrastructure.settings import Settings


def application(settings: Settings) -> FastAPI:
    """The application as `studio api` builds it."""
    return create_app(settings, craft_of(settings))


@dataclass(frozen=True)
class Mutation:
    """A guard that is taken away."""

    module: str
    guard: str
    """Text of the module's source: it stands there, once in `within`."""
    instead: str = ""
    within: str = ""
    """After which text the guard stands; empty for the first one of the module."""
    rows: str = ""
    """What operations contain that are asked; empty for all."""

    def __str__(self) -> str:
        return f"{self.module}: {self.within or self.guard}".replace("\n", " ")[:100]


@contextmanager
def without(mutation: Mutation) -> Iterator[None]:
    """Take a guard away for a while.

    Raises:
        AssertionError: It is not there: the mutation must follow the code.
    """
    module = importlib.import_module(mutation.module)
    assert module.__file__ is not None
    source = Path(module.__file__).read_text("utf-8")
    begins = source.find(mutation.within)
    stands = source.find(mutation.guard, max(begins, 0))
    assert min(begins, stands) >= 0, f"{mutation.module} holds no “{mutation.guard}”: the mutation must follow the code"
    changed = source[:stands] + mutation.instead + source[stands + len(mutation.guard) :]
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update(__file__=module.__file__, __name__=module.__name__)
    exec(compile(changed, module.__file__, "exec"), fresh.__dict__)
    kept = list(_replace(module, fresh))
    try:
        yield
    finally:
        for put_back in kept:
            put_back()


def _replace(module: ModuleType, fresh: ModuleType) -> Iterator[Any]:
    """Put the functions of a fresh module in place of those of a module; yield what puts each back."""
    for name, old in list(vars(module).items()):
        new = vars(fresh).get(name)
        if getattr(old, "__module__", None) != module.__name__:
            continue
        if isinstance(old, FunctionType) and isinstance(new, FunctionType):
            # Routes and dependencies hold the function itself: its code is exchanged.
            kept, old.__code__ = old.__code__, new.__code__
            yield partial(setattr, old, "__code__", kept)
        elif isinstance(old, type) and isinstance(new, type):
            # Methods keep the fresh module's constants, such as its SQL.
            for method, function in list(vars(old).items()):
                if isinstance(function, FunctionType) and isinstance(vars(new).get(method), FunctionType):
                    yield partial(setattr, old, method, function)
                    setattr(old, method, vars(new)[method])
