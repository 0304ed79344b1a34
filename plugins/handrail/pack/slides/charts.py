"""Native charts, so that whoever gets the slides can change them: the S-curve as lines, the milestone trend as dated points.

A chart carries its figures as a workbook. No text from a plan stands alone in it: names follow an id or a number, so
that none can be read as a formula or an address.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from handrail.compute.money_curve import MoneyCurve
from handrail.compute.months import first_day
from handrail.pack.slides.tables import QUIET, TONES, Box
from handrail.render.charts.drawing import cut
from handrail.render.charts.mta import Trace

_BLUE, _GREY = RGBColor(0x1F, 0x5F, 0xA8), RGBColor(0x7A, 0x86, 0x94)
_LINES = {
    "Planned (PV)": (_GREY, MSO_LINE.DASH), "Earned (EV)": (TONES["green"], MSO_LINE.SOLID),
    "Spent (AC)": (_BLUE, MSO_LINE.SOLID), "Forecast (EAC)": (_BLUE, MSO_LINE.ROUND_DOT),
}  # fmt: skip
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.LONG_DASH_DOT)
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.X,
)
_EPOCH = date(1899, 12, 30)
"""Day 0 of the spreadsheet's count of days."""
_SIZE = Pt(8)
_MARKS = 7
_MARGIN, _MONTH = 10, 30.4375


def money_chart(slide: Slide, curve: MoneyCurve, box: Box, name: str, sentence: str) -> None:
    """Planned, earned and spent money and the forecast, added up to the end of each month."""
    data = CategoryChartData(number_format="#,##0")
    data.categories = [first_day(curve.first + one) for one in range(curve.months)]
    given = {
        "Planned (PV)": curve.pv,
        "Earned (EV)": curve.ev,
        "Spent (AC)": curve.ac,
        "Forecast (EAC)": curve.forecast,
    }
    shown = {key: values for key, values in given.items() if any(one is not None for one in values)}
    for key, values in shown.items():
        data.add_series(f"{key}, {curve.currency}", [_number(one) for one in values])
    chart = _put(slide, XL_CHART_TYPE.LINE_MARKERS, data, box, name, sentence)
    for series, key in zip(chart.plots[0].series, shown, strict=True):
        colour, dash = _LINES[key]
        _draw(series, colour, dash, XL_MARKER_STYLE.SQUARE if key.startswith("Earned") else XL_MARKER_STYLE.CIRCLE)
        series.smooth = False
    _axes(chart, "#,##0")
    chart.category_axis.tick_labels.number_format = "mmm yy"
    chart.category_axis.tick_labels.number_format_is_linked = False
    _every(chart, -(-curve.months // _MARKS))


def trend_chart(slide: Slide, traces: tuple[Trace, ...], box: Box, name: str, sentence: str) -> None:
    """What was expected of each milestone, by the day of the look. Right and up are days; a line that climbs slips."""
    data = XyChartData(number_format="d mmm yy")
    for number, one in enumerate(traces, 1):
        series = data.add_series(f"{number} {cut(one.name, 34)}")
        for seen, due in one.seen:
            series.add_data_point(_serial(seen), _serial(due))
    chart = _put(slide, XL_CHART_TYPE.XY_SCATTER_LINES, data, box, name, sentence)
    for number, (series, one) in enumerate(zip(chart.plots[0].series, traces, strict=True)):
        colour = TONES["green"] if one.actual else TONES["amber"] if one.moved > 0 else _BLUE
        _draw(series, colour, _DASHES[number % len(_DASHES)], _MARKERS[number % len(_MARKERS)])
        series.smooth = False
    _axes(chart, "mmm yy")
    chart.category_axis.tick_labels.number_format = "mmm yy"
    chart.category_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.has_major_gridlines = False
    _reach(chart.category_axis, [_serial(seen) for one in traces for seen, _ in one.seen])
    _reach(chart.value_axis, [_serial(due) for one in traces for _, due in one.seen])


def _reach(axis: ValueAxis, days: list[int]) -> None:
    """From a little before the first day to a little after the last, in steps of whole months."""
    margin = max(_MARGIN, (max(days) - min(days)) // 12)
    axis.minimum_scale, axis.maximum_scale = min(days) - margin, max(days) + margin
    months = (axis.maximum_scale - axis.minimum_scale) / _MONTH
    axis.major_unit = _MONTH * max(1, math.ceil(months / 5))


def _every(chart: Chart, step: int) -> None:
    """A month's name below every so many months; the library cannot write that."""
    along = chart._chartSpace.dateAx_lst[0]  # noqa: SLF001
    for tag, value in (("c:baseTimeUnit", "months"), ("c:majorUnit", str(step)), ("c:majorTimeUnit", "months")):
        for old in along.findall(qn(tag)):
            along.remove(old)
        along.append(along.makeelement(qn(tag), {"val": value}))


def _put(  # noqa: PLR0913, PLR0917 - what a chart on a slide is made of
    slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData | XyChartData, box: Box, name: str, sentence: str
) -> Chart:
    frame = slide.shapes.add_chart(kind, *(Emu(one) for one in box), data)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", sentence)  # noqa: SLF001 - what a screen reader says
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.RIGHT
    chart.legend.include_in_layout = False
    chart.legend.font.size = _SIZE
    chart.font.size = _SIZE
    return chart


def _axes(chart: Chart, number_format: str) -> None:
    up, along = chart.value_axis, chart.category_axis
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = RGBColor(0xD5, 0xDA, 0xE0)
    up.format.line.fill.background()
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = number_format, False
    along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    along.format.line.color.rgb = QUIET
    for one in (up, along):
        one.tick_labels.font.size = _SIZE
        one.tick_labels.font.color.rgb = QUIET


def _draw(series: object, colour: RGBColor, dash: MSO_LINE, marker: XL_MARKER_STYLE) -> None:
    line, spot = series.format.line, series.marker  # type: ignore[attr-defined] # either kind of series
    line.color.rgb, line.width, line.dash_style = colour, Pt(1.75), dash
    spot.style, spot.size = marker, 4
    spot.format.fill.solid()
    spot.format.fill.fore_color.rgb = colour
    spot.format.line.color.rgb = colour


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(round(value, 2))


def _serial(day: date) -> int:
    return (day - _EPOCH).days
