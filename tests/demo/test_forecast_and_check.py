"""On the demonstration: the forecast's record, the published sentences, and every figure a second time."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from admissions.models import Dossier
from reports import periods
from reports.figures import recount
from reports.forecast import backtest, forecast
from reports.pages import sentence
from tests.markup import markup

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[2] / "docs" / "forecast.md"


def test_the_documented_record_of_the_forecast_is_what_comes_out(yenlac, capsys):
    rows = backtest.run_trials(yenlac.root, 2016)
    assert len(rows) == 12
    assert backtest.trials_table(rows) in DOCS.read_text()
    assert f"**{sum(row.inside for row in rows)} of 12**" in DOCS.read_text()
    call_command("backtest_forecast", "--year", "2016", "--json")
    assert json.loads(capsys.readouterr().out) == [backtest.as_json(row) for row in rows]


def test_the_states_of_a_past_day_are_those_of_the_dossiers_today(yenlac):
    found = forecast.state_on(yenlac.root, date(2017, 2, 27))
    assert set(found) == set(Dossier.objects.under_way().values_list("pk", flat=True))
    known = dict(Dossier.objects.under_way().values_list("pk", "state"))
    assert {pk: forecast.STAGES[state] for pk, state in known.items()} == {
        pk: road.stages[-1][0] for pk, road in found.items()
    }


def test_the_communes_are_foreseen_as_one_by_one_as_together(yenlac):
    year = periods.year_period(2017)
    whole = forecast.forecast_unit(yenlac.root, year)
    parts = [forecast.forecast_unit(unit, year) for unit in yenlac.base.values()]
    assert sum(part.admitted for part in parts) == whole.admitted == 22
    assert sum(part.under_way for part in parts) == whole.under_way == 103
    assert sum(part.expected for part in parts) == pytest.approx(whole.expected)
    assert sum(part.to_come for part in parts) == pytest.approx(whole.to_come)


def test_the_published_sentence_about_the_district(yenlac):
    assert sentence.opening_paragraph(sentence.Register(yenlac.root), periods.year_period(2016)).plain == (
        "Trong 2 năm gần đây, toàn huyện kết nạp 546 đảng viên, trong đó 281 đảng viên ở chi bộ nông thôn, "
        "chiếm hơn 51%; riêng năm 2016 kết nạp 268 đảng viên, vượt gần 10% so với chỉ tiêu, "
        "trong đó 162 đảng viên ở chi bộ nông thôn, chiếm hơn 60%."
    )


def test_the_published_sentence_about_trung_nguyen(yenlac):
    unit, days = yenlac.base["Trung Nguyên"], periods.any_days(date(2016, 1, 1), date(2017, 2, 27))
    chosen = sentence.opening_paragraph(sentence.Register(unit), days, periods.year_period(2016))
    assert chosen.plain == (
        "Từ đầu năm 2016 đến nay, toàn Đảng bộ kết nạp 19 đảng viên, vượt hơn 26% so với kế hoạch, "
        "trong đó 15 đảng viên ở chi bộ nông thôn, chiếm gần 79%. "
        "Kỳ không khớp: đếm từ 01/01/2016 đến 27/02/2017, chỉ tiêu 15 giao cho năm 2016."
    )
    assert chosen.mismatch
    assert "26%" not in sentence.opening_paragraph(sentence.Register(unit), days).plain, (
        "compared only where the reader asks for it"
    )


def test_every_figure_of_the_demonstration_comes_out_the_second_time(yenlac):
    result = recount.recount_figures(yenlac.root)
    assert result.agrees, (result.wrong[:3], result.differ[:3])
    assert result.admissions == 568
    assert result.cells > 500_000
    call_command("check_figures", "--year", "2016")


def test_one_corrupted_fact_among_hundreds_is_found(yenlac):
    row = Dossier.objects.filter(admitted_rural=True, decided_on__year=2016).order_by("pk").first()
    Dossier.objects.filter(pk=row.pk).update(admitted_rural=False)
    result = recount.recount_figures(yenlac.root, 2016)
    assert [wrong.number for wrong in result.wrong] == [row.number]
    assert {cell.measure for cell in result.differ} == {"rural"}
    assert {cell.dossiers for cell in result.differ} == {(row.number,)}


def test_a_running_dashboard_asks_few_questions_too(yenlac, django_assert_max_num_queries):
    client = Client()
    client.force_login(yenlac.users["district"])
    client.get("/chi-tieu/?ky=2017")
    with django_assert_max_num_queries(45):
        page = markup(client.get("/chi-tieu/?ky=2017"))
    assert "Dự kiến đến 31/12/2017" in page
