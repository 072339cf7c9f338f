"""The page opened without a browser, and what stands on it."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parent.parent / "app.py")


def opened(**query: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    return page.run()


def deck(page: AppTest) -> dict:
    return json.loads(page.get("deck_gl_json_chart")[0].proto.json)


def rows(page: AppTest, layer_id: str) -> list[dict]:
    data = next(layer["data"] for layer in deck(page)["layers"] if layer["id"] == layer_id)
    return data["features"] if isinstance(data, dict) else data


def sites(page: AppTest) -> set[str]:
    return {row["id"] for row in rows(page, "sites")}


def tables(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def lines_of(page: AppTest, label: str) -> list[str]:
    found = re.search(f'aria-label="{label}".*?</table>', tables(page))
    return re.findall(r"<tr>(.*?)</tr>", found[0])[1:] if found else []


def pressed(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run(timeout=90)
