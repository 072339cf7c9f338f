"""Tables beside the map, a place that is asked about, two maps compared; without a browser."""

import re

from tests.opened import lines_of, opened, tables

# -- tables beside the map


def test_the_table_of_countries_follows_every_toggle():
    page = opened()
    whole = tables(page)
    assert "<b>52</b> countries and territories (30 wholly) and <b>38</b> capitals" in whole
    assert "<b>8</b> countries (2 wholly) and <b>5</b> capitals" in whole
    shown = lines_of(page, "Countries within reach")
    assert len(shown) == 12
    assert any("Greece · NATO" in line and "95.5 %" in line for line in shown[:8])
    page.selectbox(key="origin-iran").set_value("tabriz").run()
    assert not page.exception
    shown = lines_of(page, "Countries within reach")
    assert any("Greece · NATO" in line and "33.1 %" in line for line in shown[:5])
    assert any("Sofia: 9 km short" in line for line in shown[:5])
    page.toggle(key="reach-all").set_value(True).run()
    shown = lines_of(page, "Countries within reach")
    assert len(shown) == 36
    assert [line for line in shown if "· origin" in line] == [
        line for line in shown if "Iran" in line
    ]


def test_the_table_can_be_put_in_another_order():
    page = opened(iran="tabriz")
    page.get("button_group")  # the orders
    page.session_state["reach-by"] = "people"
    page.run()
    first = lines_of(page, "Countries within reach")[0]
    assert "Pakistan" in first and "million" in first
    page.session_state["reach-by"] = "near"
    page.run()
    assert "0 km" in lines_of(page, "Countries within reach")[0]


def test_without_a_range_the_table_says_what_to_do():
    page = opened(show="none")
    assert not page.exception
    assert any("Choose a figure under" in caption.value for caption in page.caption)


def test_a_band_is_tabled_at_either_end():
    page = opened(show="soumar-csis")
    offered = page.selectbox(key="reach-of").options
    assert len(offered) == 2
    before = len(lines_of(page, "Countries within reach"))
    page.selectbox(key="reach-of").select_index(1).run()
    assert not page.exception
    assert len(lines_of(page, "Countries within reach")) <= before
    page.multiselect(key="figures-iran").set_value(["iran-limit-2017"]).run()
    assert not page.exception  # the distance picked is gone


# -- ask a place


def test_a_city_in_the_link_is_answered():
    page = opened(view="place", place="683506", iran="tabriz")
    assert not page.exception and not page.warning
    assert page.selectbox(key="place-city").value == "683506"
    assert any("figures of Iranian systems reach Bucharest" in text.value for text in page.markdown)
    shown = lines_of(page, "Figures that reach Bucharest")
    assert len(shown) > 20
    bases = [re.findall(r"<td>(\w+)</td>", line)[0] for line in shown]
    order = ["declared", "demonstrated", "assessed", "reported", "projected"]
    assert bases == sorted(bases, key=order.index)
    assert all("(unconfirmed)" in line for line in shown if "iiss-2010" in line)
    assert 'rel="noopener"' in shown[0]


def test_a_city_picked_goes_into_the_link():
    page = opened(view="place")
    assert any("Pick a city" in info.value for info in page.info)
    page.selectbox(key="place-city").set_value("2950159").run()
    assert page.query_params["place"] == "2950159"
    assert any("reach Berlin" in text.value for text in page.markdown)


def test_a_position_typed_is_answered_and_a_bad_one_named():
    page = opened(view="place", place="683506")
    page.text_input(key="place-spot").input("21.0, 52.2").run()
    assert page.query_params["place"] == "21e52.2n"
    assert page.selectbox(key="place-city").value is None
    assert any("52.2° N, 21° E" in text.value for text in page.markdown)
    for wrong in ("north", "52,1,7", "21, 152", "<b>1</b>", "nan, nan"):
        page.text_input(key="place-spot").input(wrong).run()
        assert not page.exception
        assert any("is not a position" in error.value for error in page.error), wrong
        assert page.query_params["place"] == "21e52.2n"


def test_who_writes_latitude_first_is_told():
    page = opened(view="place", place="32.08e34.78n")  # Tel Aviv, the wrong way round: at sea
    assert any("write 34.78, 32.08" in text.value for text in page.caption)
    for spot in ("34.78e32.08n", "10w20s"):  # on land; at sea both ways
        page = opened(view="place", place=spot)
        assert not any("at sea" in text.value for text in page.caption)


def test_the_answer_follows_the_date():
    now = opened(view="place", place="756135")
    then = opened(view="place", place="756135", date="2010-01-01")
    for page in (now, then):
        page.session_state["place-side"] = "NATO/US"
        page.run()
        assert not page.exception
    assert "Redzikowo" in tables(now)
    assert "Redzikowo" not in tables(then)


# -- compare


def test_two_scenarios_stand_side_by_side_with_what_differs():
    page = opened(view="compare", iran="tabriz", **{"b-iran": "iran"})
    assert not page.exception and not page.warning
    assert len(page.get("deck_gl_json_chart")) == 2
    rows = lines_of(page, "Countries whose share within reach differs")
    greece = next(line for line in rows if "Greece" in line)
    assert "33.1 %" in greece and "95.5 %" in greece and "+62.4" in greece
    heads = re.findall(r"(?:Left|Right): NATO.*?; measured from ([\w ]+)</p>", tables(page))
    assert heads == ["Tabriz", "anywhere in Iran"]
    assert len(lines_of(page, "Ranges on one side only, or from another origin")) == 2
    assert not lines_of(page, "Sites whose status differs")


def test_sides_are_set_swapped_and_taken_from_scenes():
    page = opened(view="compare", phases="1.2")
    page.button[1 if page.button[0].label == "Scenes" else 0]
    put = next(button for button in page.button if button.label == "Put left on the right")
    put.click().run()
    assert page.query_params["b-phases"] == "1.2"
    page.toggle(key="phase3").set_value(True).run()
    assert page.query_params["phases"] == "1.2.3"
    assert page.query_params["b-phases"] == "1.2"
    (row,) = lines_of(page, "Sites whose status differs")
    assert "Redzikowo" in row and "in service" in row and "not there" in row
    swap = next(button for button in page.button if button.label == "Swap sides")
    swap.click().run()
    assert page.query_params["b-phases"] == "1.2.3"
    assert page.query_params["phases"] == "1.2"
    scene = page.selectbox(key="compare-scene")
    scene.select_index(0).run()
    assert not page.exception
    assert page.query_params["b-phases"] != "1.2.3" or page.query_params["b-show"]


def test_a_comparison_without_a_second_scenario_offers_one():
    page = opened(view="compare")
    assert not page.exception
    assert len(page.get("deck_gl_json_chart")) == 2
    assert "b-iran" not in page.query_params


def test_what_a_missile_would_need_is_counted_nowhere_and_a_statement_once(catalogue):
    page = opened(view="place", place="683506")
    said = next(text.value for text in page.markdown if "stated figures of Iranian" in text.value)
    figures = {
        figure.id
        for system, figure in catalogue.figures.values()
        if system.side == "Iran" and figure.on_map and figure.quantity == "range"
        if not system.hypothetical
    }
    assert {"shahab-3-aca-2014", "ghadr-1-aca-2014"} < figures  # one statement
    assert f"of {len(figures) - 1}**" in said
    assert "Hypothetical Iranian ICBM" not in tables(page)
    page.toggle(key="place-needed").set_value(True).run()
    assert any("A distance a missile would need" in text.value for text in page.caption)


def test_what_is_not_against_the_ground_is_told_apart_in_count_and_rows():
    page = opened(view="place", place="756135")  # Warsaw
    page.session_state["place-side"] = "Russia"
    page.run()
    said = next(text.value for text in page.markdown if "stated figures of Russian" in text.value)
    within = [re.sub("<.*?>", " ", line) for line in lines_of(page, "Figures that reach Warsaw")]
    kinds = {"against aircraft": "S-400", "against ships": "Bastion-P"}
    for words, system in kinds.items():
        rows = [row for row in within if system in row]
        assert rows and all(words in row for row in rows)
        assert f"{len(rows)} {words}" in said
    radars = [row for row in within if "Voronezh" in row or "Don-2N" in row]
    assert radars and f"{len(radars)} of radars." in said
    assert not any("against" in row for row in within if "Iskander" in row)
    page = opened(view="place", place="683506")  # Bucharest
    said = next(text.value for text in page.markdown if "stated figures of Iranian" in text.value)
    assert "not against targets" not in said


def test_who_joined_between_two_days_is_named_in_a_comparison():
    page = opened(view="compare", **{"b-date": "2020-12-31"}, date="2018-12-31")
    assert any("on one side only: North Macedonia" in text.value for text in page.caption)


def test_a_comparison_has_one_key_and_names_the_members_that_differ():
    page = opened(
        view="compare",
        date="2024-07-10",
        layers="nato-members",
        **{"b-layers": "nato-members", "b-date": "2003-01-01"},
    )
    assert any("Member of NATO" in element.proto.body for element in page.get("html"))
    said = next(text.value for text in page.markdown if "Members of NATO" in text.value)
    assert "Romania" in said and "Sweden" in said and "France" not in said
