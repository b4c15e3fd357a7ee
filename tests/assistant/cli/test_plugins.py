"""Commands of other packages."""

import subprocess
import sys

from tests.assistant.cli.calls import ROOT, run


def test_plugged_in_commands_are_listed_and_run() -> None:
    listed = run("--help").stdout
    assert "\n  eval " in listed
    assert listed.index("\n  library ") < listed.index("\n  eval ")
    result = run("eval", "--help")
    assert result.exit_code == 0
    assert "paper-assistant eval" in result.stdout


def test_a_command_that_nobody_brings_is_a_usage_error() -> None:
    result = run("evil")
    assert result.exit_code == 2
    assert "No such command 'evil'" in result.stderr


def test_an_own_command_loads_no_plugin() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from assistant.cli.app import app;"
        "assert CliRunner().invoke(app, ['search', '--help']).exit_code == 0;"
        "sys.exit(any(name.split('.')[0] == 'evals' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
