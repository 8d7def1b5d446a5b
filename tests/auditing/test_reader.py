"""The reader takes Markdown apart as a reader sees it."""

from __future__ import annotations

from commentary.auditing.reader import plain, read

NOTE = """---
title: "A \\"plain\\" day"
date: 2024-08-05
---

# A title

*Two sentences. Under it.*

**Quiet** · confidence **high**, 95 % · severity **1 of 5**

### A heading

One sentence
over two lines. <!-- a remark -->

- A point.
- Another.

![A caption.](chart.png)

## Moves

| Asset | Close |
|---|---:|
| S&P 500 \\| index | 5,186.33 |

Under the table.

> **Data.** 12 sources.

```
12 in code
```
"""


def test_blocks_by_kind() -> None:
    page = read(NOTE)
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("title", "A title"),
        ("prose", "Two sentences. Under it."),
        ("prose", "Quiet · confidence high, 95 % · severity 1 of 5"),
        ("heading", "A heading"),
        ("prose", "One sentence over two lines."),
        ("prose", "A point."),
        ("prose", "Another."),
        ("caption", "A caption."),
        ("heading", "Moves"),
        ("note", "Under the table."),
    ]


def test_front_matter_and_tables() -> None:
    page = read(NOTE)
    assert page.front == {"title": 'A "plain" day', "date": "2024-08-05"}
    assert page.grids[0].header == ("Asset", "Close")
    assert page.grids[0].rows == (("S&P 500 | index", "5,186.33"),)


def test_marks_and_entities_are_taken_off() -> None:
    assert (
        plain("S&amp;P *rose* **4.3 percent**, see [here](x), \\*not")
        == "S&P rose 4.3 percent, see here, *not"
    )
