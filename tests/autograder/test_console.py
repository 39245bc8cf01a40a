"""The manners of both command lines: errors in one line, exit codes that scripts can use."""

from __future__ import annotations

import click
import pytest

from autograder import console
from autograder.exceptions import CourseError


@pytest.fixture
def group():
    @click.group(cls=console.Commands)
    def program() -> None:
        """Do things."""

    @program.command()
    def zeta() -> int:
        return console.NO

    @program.command()
    def alpha() -> None:
        """Succeed."""

    @program.command()
    def user_error() -> None:
        raise CourseError("nbgrader_config.py is not there. Give the course [directory] with --course.")

    @program.command()
    def defect() -> None:
        raise ZeroDivisionError("division by zero")

    @program.command()
    def stopped() -> None:
        raise KeyboardInterrupt

    return program


def status(group, *words: str) -> int:
    with pytest.raises(SystemExit) as left:
        console.run(group, words)
    return left.value.code


def test_success_is_zero_and_a_no_is_one(group):
    assert status(group, "alpha") == 0
    assert status(group, "zeta") == 1


def test_a_users_error_is_one_line_without_a_traceback(group, capsys):
    assert status(group, "user-error") == 2
    printed = capsys.readouterr()
    assert printed.err == "Error: nbgrader_config.py is not there. Give the course [directory] with --course.\n"
    assert printed.out == ""


def test_debug_shows_the_traceback_wherever_it_stands(group, capsys):
    assert status(group, "--debug", "user-error") == 2
    assert "Traceback" in capsys.readouterr().err
    assert status(group, "user-error", "--debug") == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_defect_says_that_it_is_one(group, capsys):
    assert status(group, "defect") == 70
    printed = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in printed
    assert "--debug" in printed
    assert "Traceback" not in printed


def test_ctrl_c_is_130(group, capsys):
    assert status(group, "stopped") == 130
    assert "Stopped." in capsys.readouterr().err


def test_wrong_use_is_two_and_names_the_word(group, capsys):
    assert status(group, "grdae") == 2
    assert "No such command 'grdae'" in capsys.readouterr().err


def test_no_words_show_the_help_with_the_commands_in_their_order(group, capsys):
    assert status(group) == 0
    out = capsys.readouterr().out
    assert out.index("zeta") < out.index("alpha") < out.index("user-error")
    assert "--debug" in out
