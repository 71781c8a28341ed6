"""The page of the central database: connection string, password, and the test result."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from psycopg2.extensions import parse_dsn
from PySide6.QtCore import QObject

from console.features.settings import words as settings_words
from console.features.settings.form import OutcomeKind
from sync.store.central.hosts import TrialOutcome
from tests.fakes.settings import SettingsBench
from tests.fakes.settings_hands import Open, fill, kind_of, problems, settle


def test_a_pasted_password_goes_where_it_is_not_seen(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    form.edit("dsn", "postgresql://workplace_0001:geheim-1@centre.invalid/register")

    assert "geheim" not in form.state.fields["dsn"].value
    form.try_it()
    settle()
    ((dsn, ca_file, station),) = bench.asked
    assert parse_dsn(dsn)["password"] == "geheim-1"
    assert (ca_file, station) == (None, "0001")
    assert kind_of(form) is OutcomeKind.GOOD


def test_the_centre_holds_from_the_next_start_on(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    fill(form, dsn="host=centre.invalid dbname=register user=workplace_0001", password="geheim-1")
    form.save()
    settle()

    dsn = bench.chosen.settings.central_dsn
    assert dsn is not None
    assert parse_dsn(dsn)["password"] == "geheim-1"
    assert bench.chosen.in_force.central_dsn is None
    assert form.state.needs_restart
    assert kind_of(form) is OutcomeKind.DOUBTFUL
    assert form.state.fields["password"].is_kept
    assert "geheim" not in repr(form.state)


def test_a_dsn_of_the_administrator_fixes_its_password_too(laid_down: Open) -> None:
    bench = laid_down('[central]\ndsn = "host=centre.invalid user=w password=geheim-1"\n')
    form = bench.presenters.centre
    fill(form, dsn="host=other.invalid", password="geheim-2")
    form.try_it()
    settle()

    assert {name for name, one in form.state.fields.items() if one.is_fixed} == {"dsn", "password"}
    assert "geheim" not in form.state.fields["dsn"].value
    assert parse_dsn(bench.asked[0][0])["password"] == "geheim-1"


@pytest.mark.parametrize("outcome", list(TrialOutcome))
def test_every_outcome_is_told_and_all_but_one_are_bad(
    bench: SettingsBench, outcome: TrialOutcome
) -> None:
    bench.outcome = outcome
    form = bench.presenters.centre
    form.edit("dsn", "host=centre.invalid")
    form.try_it()
    settle()

    is_good = outcome is TrialOutcome.REACHED
    assert kind_of(form) is (OutcomeKind.GOOD if is_good else OutcomeKind.BAD)
    state = form.state.outcome
    assert state is not None
    assert state.text
    assert is_good or state.advice


def test_no_two_outcomes_of_the_centre_have_the_same_words(russian: None) -> None:
    told = [settings_words.centre_finding(outcome)[0] for outcome in TrialOutcome]

    assert [pair for pair in itertools.combinations(told, 2) if pair[0] == pair[1]] == []


def test_a_string_that_cannot_be_read_is_marked_and_stays(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    form.edit("dsn", "centre.invalid please")
    form.save()
    settle()

    assert list(problems(form)) == ["dsn"]
    assert form.state.fields["dsn"].value == "centre.invalid please"
    assert "host=… dbname=… user=…" in form.state.fields["dsn"].problem
    assert bench.asked == []


def test_an_own_file_that_cannot_be_read_is_told_on_every_page(
    tmp_path: Path, owner: QObject, russian: None
) -> None:
    (tmp_path / "chosen").mkdir()
    (tmp_path / "chosen" / "settings.toml").write_text("[phone", encoding="utf-8")
    bench = SettingsBench(tmp_path, owner)

    notes = [form.state.note for form in (bench.presenters.account, bench.presenters.centre)]
    assert all("не читаются (file)" in note for note in notes)


@pytest.mark.parametrize("text", ["[desk]\ntheme = 'dark'\n", "[phone]\nport = 70000\n"])
def test_a_choice_is_not_put_beside_what_would_take_it_with_it(
    tmp_path: Path, owner: QObject, russian: None, text: str
) -> None:
    own = tmp_path / "chosen" / "settings.toml"
    own.parent.mkdir()
    own.write_text(text, encoding="utf-8")
    bench = SettingsBench(tmp_path, owner)
    fill(bench.presenters.account, server="pbx.invalid", user="117", password="geheim-1")
    bench.presenters.account.save()
    settle()

    assert bench.chosen.settings.account is not None
    assert bench.presenters.account.state.note == ""
    assert own.with_suffix(".toml.bad").read_text(encoding="utf-8") == text
