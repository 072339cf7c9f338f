"""What is written about the atlas is true of it."""

import json
import re
import warnings
from collections import Counter
from pathlib import Path

from pydantic import BaseModel

import geo
from geo import claim, gazetteer, model, vocabulary
from geo.cli import _parser
from scripts import build_dictionary

ROOT = Path(__file__).parent.parent


def test_the_guide_names_every_module_once():
    named = Counter(re.findall(r"``([a-z]+)``", geo.__doc__))
    modules = {path.stem for path in (ROOT / "geo").glob("*.py")} - {"__init__", "__main__"}
    assert dict(named) == dict.fromkeys(modules, 1)


def test_the_dictionary_is_up_to_date():
    text = build_dictionary.PAGE.read_text(encoding="utf-8")
    assert build_dictionary.page(text) == text, "run python scripts/build_dictionary.py"


def test_every_type_is_in_the_dictionary_and_every_field_has_help():
    kinds = {
        value
        for value in (*vars(model).values(), *vars(gazetteer).values(), *vars(claim).values())
        if isinstance(value, type)
        and issubclass(value, BaseModel)
        and value not in {BaseModel, vocabulary.Record}
        and not value.__name__.startswith("_")
    }
    assert kinds == set(build_dictionary.RECORDS)
    for kind in kinds:
        for name, field in kind.model_fields.items():
            assert field.description, f"{kind.__name__}.{name}"


def test_readme_has_one_command_to_run_and_one_to_test():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- (run|test) -->\n```sh\n(.+)\n```", text)
    assert [name for name, _ in commands] == ["run", "test"]
    assert "requirements.txt" in commands[0][1] and "app.py" in commands[0][1]
    assert "requirements-dev.txt" in commands[1][1] and "pytest" in commands[1][1]
    assert text.index("![") < text.index("<!-- run -->")


def test_commands_named_in_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"-m geo (\w+)", text))
    offered = next(action.choices for action in _parser()._actions if action.choices)
    assert named and named <= set(offered)


def test_pins_are_complete_exact_and_name_no_host():
    run = (ROOT / "requirements.txt").read_text().splitlines()
    dev = (ROOT / "requirements-dev.txt").read_text().splitlines()
    pins = [line for line in dev + run if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9._-]+==[0-9][\w.]*", line) for line in pins)
    assert {line for line in run if "==" in line} <= set(dev)


def test_only_this_machine_is_asked_by_the_configuration():
    text = (ROOT / ".streamlit" / "config.toml").read_text()
    for line in (
        "gatherUsageStats = false",
        'serverAddress = "localhost"',
        'fileWatcherType = "none"',
        "enableStaticServing = true",
        "enableXsrfProtection = true",
    ):
        assert line in text


def test_static_files_are_only_those_the_page_needs():
    names = Counter(path.name.split("-")[0] for path in (ROOT / "static").iterdir())
    projected = json.loads((ROOT / "data" / "projected.json").read_text("utf-8"))
    land = {
        entry["file"]
        for centres in projected.values()
        for centre in centres.values()
        for entry in centre.values()
        if isinstance(entry, dict)
    }
    places = {"places": 1, "names": 2, "symbols": 1, "first": 2}
    assert names == {"basemap": 2, "edges": 4, **places, "land": len(land)}
    assert land <= {path.name for path in (ROOT / "static").iterdir()}


def test_no_figure_cites_a_paper_under_test():
    sources = json.loads((ROOT / "data" / "sources.json").read_text(encoding="utf-8"))["sources"]
    claims = {source["id"] for source in sources if source.get("role") == "claim"}
    assert claims
    systems = (ROOT / "data" / "systems.json").read_text(encoding="utf-8")
    assert not any(f'"{claim}"' in systems for claim in claims)


def test_the_library_example_of_the_readme_runs(capsys):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, flags=re.S)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Geometry is in a geographic CRS")
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "'Kaliningrad'] 1423" in capsys.readouterr().out
