#!/usr/bin/env bash
# Run the tests on the lowest versions that pyproject.toml claims, in an environment of their own.
#
#   scripts/lowest.sh [DIRECTORY_FOR_THE_ENVIRONMENT [PYTEST_ARGUMENTS...]]
#
# Needs a network to install. Tools that only judge the code (linters, the type checker) keep the
# pinned versions: what they say of a newer Python package is no promise to a user.
set -euo pipefail
cd "$(dirname "$0")/.."
where=${1:-$(mktemp -d)}
shift || true

python3 -m venv "$where"
"$where/bin/python" - > "$where/lowest.txt" <<'PYTHON'
import re
import tomllib

project = tomllib.load(open("pyproject.toml", "rb"))["project"]
judges = {"ruff", "mypy", "import-linter", "pandas-stubs", "types-shapely", "pip-tools"}
pinned = dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", open("requirements-dev.txt").read()))
for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
    name, _, floor = re.match(r"([A-Za-z0-9-]+)(>=)?([0-9.]*)", line).groups()
    exact = pinned[name.lower()] if name in judges or not floor else floor
    print(f"{name}=={exact}")
PYTHON
cat "$where/lowest.txt"
"$where/bin/pip" install --quiet -r "$where/lowest.txt"
exec "$where/bin/python" -m pytest -m "not browser" "$@"
