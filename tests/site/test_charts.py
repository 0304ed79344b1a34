"""Charts hold with nothing, one thing and a thousand things, and say what they show."""

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.board_days import meetings, understood
from handrail.compute.money_curve import MoneyCurve
from handrail.render import words
from handrail.render.charts.bubble import Bubble, bubbles
from handrail.render.charts.curve import s_curve
from handrail.render.charts.drawing import pushed_apart, svg
from handrail.render.charts.graph import Edge, graph
from handrail.render.charts.heat import Bar, Heat, Square, Strip, bars, heat, strips
from handrail.render.charts.mta import Trace, mta
from handrail.render.charts.roadmap import roadmap, scale_of

DAY = date(2026, 12, 4)


def trace(number, moved):
    first = date(2027, 3, 1)
    looks = [DAY - timedelta(days=90), DAY - timedelta(days=30), DAY]
    dues = [first, first + timedelta(days=moved // 2), first + timedelta(days=moved)]
    return Trace(name=f"Milestone {number}", seen=tuple(zip(looks, dues, strict=True)))


def places(drawing, css):
    return [float(one.y) for one in drawing.texts if one.css.startswith(css)]


class TestMilestoneTrend:
    def test_nothing_is_said(self):
        drawn = mta([], "Trend")
        assert drawn.width == 0
        assert "there is no trend" in drawn.sentence
        assert "<svg" not in svg(drawn)

    def test_one_look_is_no_trend(self):
        drawn = mta([Trace(name="Opens", seen=((DAY, date(2027, 1, 1)),))], "Trend")
        assert drawn.width == 0
        assert "a trend needs a second look" in drawn.sentence

    def test_a_line_climbs_by_what_it_slips(self):
        drawn = mta([trace(1, 60)], "Trend")
        line = next(one for one in drawn.strokes if one.css.startswith("slips"))
        heights = [float(pair.split(",")[1]) for pair in line.points.split(" ")]
        assert heights[0] > heights[1] > heights[2]  # up is later; SVG counts down
        assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.2)
        assert drawn.sentence == '1 of 1 milestone is expected later than at first, at most "Milestone 1" by 60 days.'

    def test_an_early_one_is_no_slip(self):
        drawn = mta([trace(1, -14)], "Trend")
        assert drawn.sentence == "None of 1 milestone is expected later than at first."
        assert not [one for one in drawn.strokes if one.css.startswith("slips")]

    def test_of_a_thousand_the_worst_are_drawn_and_all_are_told(self):
        drawn = mta([trace(number, number % 400) for number in range(1000)], "Trend")
        assert len([one for one in drawn.texts if one.css == "name"]) == 8
        assert drawn.table is not None
        assert len(drawn.table.rows) == 1000
        assert "992 others stand in the figures" in drawn.note
        heights = sorted(places(drawn, "name"))
        assert all(later - sooner >= 12.9 for sooner, later in itertools.pairwise(heights))


class TestSCurve:
    def curve(self, months=3, **more):
        given: Any = {
            "first": 24322, "currency": "EUR", "pv": tuple(Decimal(100) * (i + 1) for i in range(months)),
            "ev": (Decimal(80), Decimal(150), *(None for _ in range(months - 2))),
            "ac": (Decimal(90), Decimal(200), *(None for _ in range(months - 2))),
            "forecast": (None, Decimal(200), *(Decimal(360) for _ in range(months - 2))),
        } | more  # fmt: skip
        return MoneyCurve(**given)

    def test_nothing_says_why(self):
        assert s_curve(None, "Money").sentence == "No money is planned or spent by month, so there is no curve."

    def test_the_sentence_is_of_the_last_posting(self):
        assert s_curve(self.curve(), "Money").sentence == (
            "At the end of Dec 2026: 200 EUR planned, 150 EUR earned and 200 EUR spent; each unit spent earned 0.75 (CPI). "
            "360 EUR is expected in the end."
        )

    def test_names_at_the_ends_do_not_touch(self):
        equal = self.curve(ev=(Decimal(90), Decimal(200), None), pv=(Decimal(90), Decimal(200), Decimal(201)))
        heights = sorted(places(s_curve(equal, "Money"), "name"))
        assert len(heights) == 4
        assert all(later - sooner >= 12.9 for sooner, later in itertools.pairwise(heights))

    def test_fifty_years_have_few_marks(self):
        drawn = s_curve(self.curve(600), "Money")
        assert len([one for one in drawn.texts if one.css == "axis"]) <= 8 + 6


class TestGraph:
    def test_nothing(self):
        assert graph([], {}, "Needs").sentence == "No project needs anything from another."

    def test_givers_stand_left_of_takers_and_circles_end(self):
        edges = [
            Edge(giver="a", taker="b", what="D1"),
            Edge(giver="b", taker="c", what="D1"),
            Edge(giver="c", taker="a", what="D1"),
        ]
        drawn = graph(edges, {}, "Needs")
        left = {one.title: float(one.x) for one in drawn.boxes}
        assert left["a"] < left["b"] < left["c"]
        assert len(drawn.curves) == 6

    def test_a_thousand_needs_show_conflicts_first(self):
        edges = [
            Edge(giver=f"g{i}", taker=f"t{i}", what="D1", conflict="late" if i == 999 else "") for i in range(1000)
        ]
        drawn = graph(edges, {}, "Needs")
        assert len(drawn.boxes) == 40
        assert "g999" in {one.title for one in drawn.boxes}
        assert "1960 more projects stand in the table" in drawn.note.replace(",", "")
        assert drawn.sentence == "1,000 open needs between projects, 1 of them is not safe."


class TestOthers:
    @pytest.mark.parametrize("count", [0, 1, 1000])
    def test_bubbles(self, count):
        ones = [
            Bubble(name=f"P{i}", href=None, value=Decimal(i * 10), value_text=str(i), score=i % 26, size=Decimal(i), size_text=str(i), colour="red")
            for i in range(count)
        ]  # fmt: skip
        drawn = bubbles(ones, "Worth", "EUR")
        assert len(drawn.spots) == min(count, 60)
        assert len(drawn.table.rows if drawn.table else ()) == count
        assert min(count, 5) <= len([one for one in drawn.texts if one.css == "name"]) <= 14
        assert ("940 others stand in the figures" in drawn.note) == (count == 1000)
        assert all(0 <= float(one.x) <= drawn.width and 0 <= float(one.y) <= drawn.height for one in drawn.spots)
        assert drawn.sentence

    @pytest.mark.parametrize("count", [0, 1, 1000])
    def test_bars(self, count):
        html = bars([Bar(f"P{i}", Decimal(i), str(i)) for i in range(count)], "Money", "By project.")
        assert html.count("hr-bar__fill") == min(count, 20)
        assert ("980 smaller ones" in html) == (count == 1000)

    @pytest.mark.parametrize("count", [0, 1, 1000])
    def test_heat_says_by_shape_what_it_says_by_colour(self, count):
        rows = tuple(
            (f"Role {i}", (Square(Decimal("1.3"), "130%"), Square(Decimal("1.0"), "100%"), Square(None)))
            for i in range(count)
        )
        html = heat(Heat(name="Load", sentence="So much.", what="Role", columns=("Jan", "Feb", "Mar"), rows=rows))
        assert html.count('<span class="hr-hidden">over</span>') == min(count, 40)
        assert html.count(">tight</span>") == min(count, 40)
        assert ("960 more rows" in html) == (count == 1000)

    @pytest.mark.parametrize("count", [0, 1, 1000])
    def test_strips_have_words(self, count):
        ones = [Strip(name=f"P{i}", href=None, colours=(words.RED, None)) for i in range(count)]
        html = strips([DAY, DAY], ones, "Colours", "Month by month.")
        assert html.count('<span class="hr-hidden">Red</span>') == min(count, 40)

    def test_a_roadmap_of_nothing(self):
        assert "No project is here." in roadmap([], scale_of([], DAY), DAY, "Project", "")

    @pytest.mark.parametrize(
        ("name", "project", "told"),
        [
            (
                "Machines and offices moved over",
                "Rosters and wages from one system",
                "+120 d  Machines and offices… · Rosters and wages from…",
            ),
            (
                "Machines and offices moved",
                "New payment gateway",
                "+120 d  Machines and offices moved · New payment gateway",
            ),
            ("Open", "Rosters and wages from one system", "+120 d  Open · Rosters and wages from one system"),
            ("Machines and offices moved over to the new ones", "", "+120 d  Machines and offices moved over to…"),
        ],
    )
    def test_a_name_and_its_slip_fit_beside_the_lines(self, name, project, told):
        drawn = mta([replace(trace(1, 120), name=name, sub=project)], "Trend")
        (label,) = [one.text for one in drawn.texts if one.css == "name"]
        assert label == told
        assert len(label) <= (56 if project else 44)
        assert drawn.width == 860 + (7 * (len(label) - 44) if len(label) > 44 else 0)

    def test_text_of_projects_is_harmless(self):
        bad = '<script>alert(1)</script>"&'
        html = svg(mta([Trace(name=bad, seen=((DAY - timedelta(days=9), DAY), (DAY, DAY + timedelta(days=40))))], bad))
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_every_drawing_tells_what_it_shows(self):
        html = svg(mta([trace(1, 20)], "Trend"))
        desc = re.search(r"<desc>(.*?)</desc>", html)
        assert desc
        assert "is expected later than at first" in desc.group(1)
        assert "<details" in html


class TestPushedApart:
    @pytest.mark.parametrize("given", [[10.0, 11.0, 12.0], [300.0, 300.0, 300.0, 5.0], [1.0] * 40])
    def test_words_keep_their_order_and_stay_inside(self, given):
        found = pushed_apart(given, 0, 320)
        assert all(0 <= one <= 320.001 for one in found)
        room = min(13.0, 320 / max(len(given) - 1, 1))
        ordered = sorted(found)
        assert all(later - sooner >= room - 0.001 for sooner, later in itertools.pairwise(ordered))

    def test_what_does_not_touch_stays(self):
        assert pushed_apart([10, 100, 200], 0, 320) == [10, 100, 200]


class TestBoards:
    @pytest.mark.parametrize(
        ("meets", "expected"),
        [
            ("first Thursday of the month", [date(2026, 12, 3), date(2027, 1, 7)]),
            ("second Tuesday of the month", [date(2026, 12, 8), date(2027, 1, 12)]),
            ("Last friday of every month", [date(2026, 12, 25), date(2027, 1, 29)]),
            ("every Monday", [date(2026, 12, 7) + timedelta(days=7 * i) for i in range(8)]),
            ("when the moon is full", []),
            (None, []),
        ],
    )
    def test_rhythms_become_days(self, meets, expected):
        assert list(meetings(meets, date(2026, 12, 1), date(2027, 1, 31))) == expected
        assert understood(meets) == bool(expected)
