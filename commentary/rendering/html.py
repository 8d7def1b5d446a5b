"""The note as one self-contained page: the cleaned Markdown in a responsive frame, with a chart."""

from __future__ import annotations

import re

import markdown as python_markdown
import nh3
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

from commentary.library import Library
from commentary.rendering.charts import chart
from commentary.rendering.markdown import Surface, environment

TAGS = {
    "h1", "h2", "h3", "p", "em", "strong", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code", "ul",
    "li", "ol", "a", "hr", "br",
}  # fmt: skip


def html(surface: Surface, text: str, library: Library) -> str:
    """The page of a note. ``text`` is its Markdown, front matter included."""
    # By its class: by name it would be looked for among everything that is installed.
    tables = TableExtension()
    body = python_markdown.markdown(without_front_matter(text), extensions=[tables], output_format="html")
    clean = nh3.clean(
        body, tags=TAGS, attributes={"td": {"style"}, "th": {"style"}, "a": {"href"}}, link_rel=None
    )
    page = environment(library).get_template("pages/note.html.j2")
    return page.render(
        title=surface.title,
        session=surface.card.tape.session.isoformat(),
        brand=surface.card.settings.get("brand") or "commentary",
        verdict=surface.verdict.label,
        verdict_name=surface.words.of(surface.verdict.label),
        body=Markup(_wrapped(clean)),
        chart=Markup(chart(surface.card.charts)),
        evidence=_bars(surface),
    )


def without_front_matter(text: str) -> str:
    """Markdown without the lines between the first two ``---``."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


def _wrapped(body: str) -> str:
    """Tables in a scrolling frame, so that a narrow screen keeps its margins."""
    return body.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")


def _bars(surface: Surface) -> list[dict[str, str]]:
    """The ledger's lines for and against the verdict, largest first, as bars."""
    label = surface.verdict.label
    lines = [(line, line.points.get(label, 0.0)) for line in surface.verdict.evidence]
    shown = sorted((pair for pair in lines if abs(pair[1]) >= 0.05), key=lambda pair: -abs(pair[1]))[:10]
    widest = max((abs(points) for _, points in shown), default=1.0)
    return [
        {
            "title": line.title,
            "points": f"{'+' if points > 0 else '−'}{abs(points):.1f}",
            "side": "for" if points > 0 else "against",
            "width": f"{100 * abs(points) / widest:.0f}",
        }
        for line, points in shown
    ]
