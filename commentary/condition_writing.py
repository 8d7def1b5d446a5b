"""Syntax trees of conditions as code: calls on whatever set of operations is bound later, or quick for one session."""

from __future__ import annotations

import ast

CALLS = {
    "up": 3,
    "down": 3,
    "abs": 1,
    "log": 1,
    "min": 0,
    "max": 0,
    "mean": 0,
    "clip": 3,
    "count": 0,
    "known": 1,
}
"""Calls that may be made and how many arguments each takes (0: one or more)."""

_COMPARE = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}
_SIGN = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


class ConditionError(ValueError):
    """An expression that the language does not take; ``column`` counts from one."""

    def __init__(self, message: str, source: str, column: int) -> None:
        self.reason, self.source, self.column = message, source, column
        pointer = " " * (column - 1) + "^"
        super().__init__(f"{message} at column {column}\n    {source}\n    {pointer}")


def name_of(node: ast.expr) -> str:
    """The name that a node of a condition's tree reads, nothing where it is no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


class Writer:
    """Writes a checked syntax tree as calls on whatever set of operations is bound later."""

    def __init__(self, source: str, names: set[str]) -> None:
        self.source, self.names = source, names

    def fail(self, message: str, node: ast.AST) -> ConditionError:
        return ConditionError(message, self.source, getattr(node, "col_offset", 0) + 1)

    def write(self, node: ast.expr) -> str:
        writer = getattr(self, f"_{type(node).__name__.lower()}", None)
        if writer is None:
            raise self.fail(f"{type(node).__name__} is not in the language", node)
        text: str = writer(node)
        return text

    def _constant(self, node: ast.Constant) -> str:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float, str)):
            raise self.fail(f"constant {node.value!r} is neither a number nor a string", node)
        return repr(float(node.value)) if isinstance(node.value, (int, float)) else repr(node.value)

    def _name(self, node: ast.Name) -> str:
        self.names.add(node.id)
        return f"name(g({node.id!r}))"

    def _attribute(self, node: ast.Attribute) -> str:
        if not isinstance(node.value, ast.Name):
            raise self.fail("a reading is written subject.measure", node)
        dotted = f"{node.value.id}.{node.attr}"
        self.names.add(dotted)
        return f"name(g({dotted!r}))"

    def _binop(self, node: ast.BinOp) -> str:
        left, right = self.write(node.left), self.write(node.right)
        if isinstance(node.op, ast.Div):
            return f"div({left}, {right})"
        sign = _BINARY.get(type(node.op))
        if sign is None:
            raise self.fail(f"operator {type(node.op).__name__} is not in the language", node)
        return f"(num({left}) {sign} num({right}))"

    def _unaryop(self, node: ast.UnaryOp) -> str:
        inner = self.write(node.operand)
        if isinstance(node.op, ast.Not):
            return f"not_({inner})"
        if isinstance(node.op, ast.USub):
            return f"(-num({inner}))"
        raise self.fail(f"operator {type(node.op).__name__} is not in the language", node)

    def _boolop(self, node: ast.BoolOp) -> str:
        name = "and_" if isinstance(node.op, ast.And) else "or_"
        return f"{name}({', '.join(self.write(value) for value in node.values)})"

    def _compare(self, node: ast.Compare) -> str:
        parts: list[str] = []
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            name = _COMPARE.get(type(operator))
            if name is None:
                raise self.fail(f"comparison {type(operator).__name__} is not in the language", node)
            parts.append(f"{name}({self.write(left)}, {self.write(right)})")
            left = right
        return parts[0] if len(parts) == 1 else f"and_({', '.join(parts)})"

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"if_({self.write(node.test)}, {self.write(node.body)}, {self.write(node.orelse)})"

    def _call(self, node: ast.Call) -> str:
        if not isinstance(node.func, ast.Name) or node.func.id not in CALLS:
            called = ast.unparse(node.func)
            import difflib

            close = difflib.get_close_matches(called, CALLS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(CALLS)}"
            raise self.fail(f"unknown call {called!r}{hint}", node)
        wanted, name = CALLS[node.func.id], node.func.id
        if node.keywords or not node.args or (wanted and len(node.args) != wanted):
            raise self.fail(f"{name} takes {wanted or 'one or more'} arguments, got {len(node.args)}", node)
        if name == "known" and not isinstance(node.args[0], (ast.Name, ast.Attribute)):
            raise self.fail("known asks about one reading", node)
        return f"{name}_({', '.join(self.write(argument) for argument in node.args)})"


def _constant(node: ast.expr) -> bool:
    """Whether a node is a number or word that is written out, or a number below nought."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and not isinstance(node.operand.value, str)
    return isinstance(node, ast.Constant)


class ScalarWriter(Writer):
    """Writes the same for one session: a logical word stops at its answer, a constant is compared on the spot."""

    def __init__(self, source: str, names: set[str]) -> None:
        super().__init__(source, names)
        self.held = 0

    def _kept(self) -> str:
        self.held += 1
        return f"v{self.held}"

    def _boolop(self, node: ast.BoolOp) -> str:
        return self._joined([self._truth(value) for value in node.values], isinstance(node.op, ast.And))

    def _joined(self, parts: list[str], every: bool) -> str:
        """Kleene’s and, or or: the answer of the first part that settles it, else unknown if a part is."""
        settles, names = str(not every), [self._kept() for _ in parts]
        asked = "".join(
            f"{settles} if ({name} := {part}) is {settles} else "
            for name, part in zip(names, parts, strict=True)
        )
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({asked}None if {unknown} else {every})"

    def _truth(self, node: ast.expr) -> str:
        told = isinstance(node, (ast.Compare, ast.BoolOp)) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        )
        return self.write(node) if told else f"truth({self.write(node)})"

    def _compare(self, node: ast.Compare) -> str:
        if len(node.ops) > 1:
            lefts = [node.left, *node.comparators[:-1]]
            pairs = zip(lefts, node.ops, node.comparators, strict=True)
            return self._joined([self._pair(*pair) for pair in pairs], True)
        return self._pair(node.left, node.ops[0], node.comparators[0])

    def _pair(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        if not _constant(right):
            return super()._compare(ast.Compare(left, [operator], [right]))
        name, sign = self._kept(), _SIGN[type(operator)]
        value = f"g({name_of(left)!r})" if name_of(left) else self.write(left)
        return f"(None if ({name} := {value}) is None or {name} != {name} else {name} {sign} {self.write(right)})"
