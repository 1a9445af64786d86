"""What `Analysis` itself gives out beside its JSON form: the page, the gauge, the fragment and the linked data."""

from __future__ import annotations

from mglabel.reports.html.gauge import gauge_svg
from mglabel.reports.html.page import report_page
from mglabel.reports.html.summary import summary_html
from mglabel.reports.machine.jsonld import to_jsonld

__all__ = ["gauge_svg", "report_page", "summary_html", "to_jsonld"]
