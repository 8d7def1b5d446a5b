"""``dataclass`` for frozen classes, made in a fifth of the time.

The standard library compiles six functions for every frozen class, which for the hundred that a note needs costs
more than its words. Here ``__init__`` alone is compiled and the others are shared. What it makes is a data class in
every other way: ``fields``, ``replace`` and ``asdict`` take it, it compares, hashes and prints the same. To a type
checker it is the standard library's. It has no slots: they make a class twice, for memory alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool) -> Callable[[type], type]:
        """A decorator for frozen data classes. Raises ValueError for others: they are the standard library's."""
        if not frozen:
            raise ValueError("classes that are not frozen are made by dataclasses.dataclass")
        return _made


def _made(cls: type[Any]) -> type[Any]:
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else its signature would be worked out
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    for name, function in {**_SHARED, "__init__": _init(dataclasses.fields(cls))}.items():
        if name not in cls.__dict__ or (name == "__hash__" and cls.__hash__ is None):
            setattr(cls, name, function)
    return cls


def _init(found: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    given: dict[str, Any] = {}
    heads, lines = ["self"], ["held = self.__dict__"]
    for field in found:
        name, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            given[f"_{name}"] = field.default
            heads.append(f"{name}=_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            given[f"_{name}"] = field.default_factory
            heads.append(f"{name}=_{name}")
            value = f"_{name}() if {name} is _{name} else {name}"
        else:
            heads.append(name)
        lines.append(f"held['{name}'] = {value}")
    exec(f"def __init__({', '.join(heads)}):\n " + "\n ".join(lines), given)
    made: Callable[..., None] = given["__init__"]
    return made


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def _repr(self: Any) -> str:
    shown = [
        f"{name}={value!r}" for name, value in zip(self.__dataclass_fields__, _values(self), strict=True)
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _setattr(self: Any, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
}
