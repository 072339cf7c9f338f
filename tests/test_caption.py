"""The words beside a drawing, and the legend."""

import datetime as dt
from dataclasses import replace

from geo import legend, palette, symbols, wording
from geo.caption import compose
from geo.coverage import capitals_within
from geo.laydown import resolve
from geo.link import parse
from geo.provenance import provenance
from geo.sentence import phase_line


def test_the_first_screen_says_phases_date_figure_whose_from_where_and_capitals(
    catalogue, first_laydown
):
    said = compose(catalogue, first_laydown).sentence
    assert said.count(".") == 1
    for words in (
        "On 21 November 2026",
        "phases 1, 2 and 3 in service",
        "phase 4 cancelled on 15 March 2013",
        "2,000 km (1,240 mi)",
        "declared by Iran (Ayatollah Khamenei)",
        "2017",
        "measured from anywhere in Iran",
        "5 of them of NATO members: Ankara, Athens, Bucharest, Skopje and Sofia",
    ):
        assert words in said


def test_the_declared_limit_is_never_called_irans_range(catalogue, first_laydown):
    caption = compose(catalogue, first_laydown)
    everything = " ".join([caption.title, caption.sentence, *caption.notes, caption.alt]).lower()
    assert "iran's range" not in everything
    assert "not a measured range" in everything
    assert "4,000 km was reported" in everything
    assert "denied" in everything


def test_notes_name_sources_borders_projection_origin_and_edition(catalogue, first_laydown):
    caption = compose(catalogue, first_laydown)
    assert "Arms Control Association" in caption.sources
    assert "(2017)" in caption.sources
    assert "Crimea" in caption.borders
    assert "Mercator" in caption.projection
    assert caption.origin_note == (
        "Measured from anywhere in Iran, that is, from its nearest border point."
    )
    assert caption.credit == "EPAA Atlas, data edition 2026.11, as of 21 November 2026."


def test_capitals_follow_membership_on_the_day(catalogue, first_screen):
    before = resolve(catalogue, replace(first_screen, as_of=dt.date(2020, 3, 26)))
    after = resolve(catalogue, replace(first_screen, as_of=dt.date(2020, 3, 27)))
    assert "Skopje" not in compose(catalogue, before).sentence
    assert "Skopje" in compose(catalogue, after).sentence


def test_the_plan_of_2009_is_not_said_to_be_in_service(catalogue, first_screen):
    planned = resolve(catalogue, replace(first_screen, plan="planned"))
    said = compose(catalogue, planned).sentence
    assert "as planned in September 2009, at sites announced later: " in said
    assert compose(catalogue, planned).title == (
        "US missile defence in Europe as planned in 2009 and "
        "Iran's declared range limit, up to 2,000 km"
    )
    third = replace(planned.scenario, layers=frozenset({"third-site"}), phases=frozenset())
    assert "planned in 2009" not in compose(catalogue, resolve(catalogue, third)).title
    assert "in service," not in said.replace("due in service", "")
    labels = [entry.label for entry in legend.entries(planned)]
    assert "Interceptor site, due by then" in labels


def test_a_map_of_the_plan_says_which_sites_were_announced_for_it_later(catalogue, first_screen):
    planned = compose(catalogue, resolve(catalogue, replace(first_screen, plan="planned")))
    said = "drawn at Deveselu, Redzikowo and Kürecik, announced for it later"
    assert any(said in note for note in planned.notes)
    built = compose(catalogue, resolve(catalogue, first_screen))
    assert not any("announced for it later" in note for note in built.notes)


def test_a_first_capability_is_no_construction(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, as_of=dt.date(2011, 5, 3)))
    assert phase_line(shown, shown.phases[0]) == "first capability March 2011"
    assert "phase 1 with a first capability" in compose(catalogue, shown).sentence


def test_an_interceptor_ring_says_what_it_is_not(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"sm-3-iia-rand-2020"})))
    entry = legend.entries(shown)[-1]
    assert "not the area it defends" in entry.small_print
    assert any("not the area it defends" in note for note in compose(catalogue, shown).notes)


def test_an_unconfirmed_figure_says_so_on_ring_legend_and_sentence(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"ghadr-1-csis-2021"})))
    (ring,) = shown.rings
    assert not ring.figure.confirmed
    assert legend.ring_label(ring, 1950).endswith("unconfirmed")
    assert "unconfirmed" in legend.entries(shown)[-1].detail
    assert "unconfirmed" in compose(catalogue, shown).sentence


def test_distances_are_given_in_kilometres_and_miles_to_three_figures():
    assert wording.distance_label(2000) == "2,000 km (1,240 mi)"
    assert wording.distance_label(500) == "500 km (311 mi)"
    assert wording.distance_label(120) == "120 km (75 mi)"
    assert wording.distance_label(9000) == "9,000 km (5,590 mi)"


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_marks_pass_three_to_one_and_words_four_and_a_half_on_land_and_sea():
    for ground in (palette.LAND, palette.SEA):
        for colour in palette.SIDE_COLOUR.values():
            assert contrast(colour, ground) >= 3
        for ink in (palette.INK, palette.QUIET_INK):
            assert contrast(ink, ground) >= 4.5


def test_basis_and_status_can_be_told_without_colour():
    assert len({stroke.dash for stroke in palette.BASIS.values()}) == 6
    assert len(set(symbols.SYMBOLS.values())) == len(symbols.SYMBOLS)
    looks = {(style.filled, style.crossed) for style in palette.STATUS.values()}
    assert looks == {(True, False), (False, False), (False, True)}


def test_no_word_of_the_plan_says_in_service(catalogue, first_screen):
    planned = resolve(catalogue, replace(first_screen, plan="planned", as_of=dt.date(2020, 12, 31)))
    alt = compose(catalogue, planned).alt
    assert "in service" not in alt.replace("due in service", "")
    assert "(cancelled)" not in alt


def test_a_site_is_called_cancelled_only_once_it_was(catalogue, first_screen):
    before = resolve(catalogue, replace(first_screen, as_of=dt.date(2012, 6, 1)))
    assert "Phase 4 in Poland" in [legend.mark_name(mark) for mark in before.marks]
    after = resolve(catalogue, first_screen)
    names = [legend.mark_name(mark) for mark in after.marks]
    assert "Phase 4 in Poland (cancelled)" in names


def test_tints_are_named_in_title_and_sentence(catalogue, first_screen):
    only = replace(
        first_screen,
        phases=frozenset(),
        figures=frozenset(),
        layers=frozenset({"sectoral-proposal", "nato-members"}),
        as_of=dt.date(2012, 5, 31),
    )
    shown = resolve(catalogue, only)
    caption = compose(catalogue, shown)
    assert caption.title == (
        "28 members of NATO and 7 countries named in the sectoral proposal of 2010"
    )
    assert "tinted: 28 members of NATO" in caption.sentence
    keys = legend.country_tints(shown)
    assert (keys["EST"], keys["SWE"], keys["FRA"]) == (
        "named-member",
        "sectoral-proposal",
        "nato-members",
    )


def test_a_treaty_band_counts_the_capitals_in_the_band_only(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"inf-class"})))
    (within,) = capitals_within(catalogue, shown)
    names = {city.name for city in (*within.nato, *within.others)}
    assert "Baghdad" not in names and "Paris" in names
    assert "in the band lie" in compose(catalogue, shown).sentence


def test_an_interceptors_reach_is_not_said_to_hold_capitals(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"sm-3-iia-rand-2020"})))
    assert "capital" not in compose(catalogue, shown).sentence


def test_a_figure_later_than_the_day_shown_says_so(catalogue, first_screen):
    early = resolve(catalogue, replace(first_screen, as_of=dt.date(2012, 6, 1)))
    assert "2017 (after the day shown)" in compose(catalogue, early).sentence


def test_lines_of_several_systems_carry_their_names(catalogue, first_screen):
    both = frozenset({"iskander-m-reuters-2018", "s-400-domain-b-2007"})
    shown = resolve(catalogue, replace(first_screen, figures=both))
    assert legend.names_needed(shown)
    words = legend.ring_label(shown.rings[0], shown.rings[0].figure.reach_km, named=True)
    assert words.startswith("Iskander-M\nup to 500 km")


def test_no_scene_is_empty(catalogue):
    for scene in catalogue.scenes:
        shown = resolve(catalogue, parse(scene.choices, catalogue.offer)[0])
        assert compose(catalogue, shown).title != "Nothing is drawn", scene.id


def test_words_to_quote_name_every_figure_and_whose_it_is(catalogue, first_screen):
    many = replace(first_screen, figures=frozenset(sorted(catalogue.offer.figures)[:6]))
    shown = resolve(catalogue, replace(many, layers=catalogue.offer.layers))
    said = compose(catalogue, shown)
    assert "each named in the legend" in said.sentence
    assert "legend" not in said.told
    for ring in shown.rings:
        assert wording.figure_label(ring.figure) in said.told
        assert wording.whose(ring.figure) in said.told
    few = compose(catalogue, resolve(catalogue, first_screen))
    assert few.told == few.sentence


def test_a_figure_stated_in_the_year_shown_is_not_said_to_be_later(catalogue, first_screen):
    asked = replace(first_screen, as_of=dt.date(2017, 6, 1))
    (ring,) = resolve(catalogue, asked).rings
    assert str(ring.figure.date) == "2017"
    assert "after the day shown" not in compose(catalogue, resolve(catalogue, asked)).sentence
    earlier = resolve(catalogue, replace(asked, as_of=dt.date(2016, 12, 31)))
    assert "after the day shown" in compose(catalogue, earlier).sentence


def test_one_bracket_holds_a_name_s_own_and_its_status(catalogue, first_screen):
    asked = replace(first_screen, layers=frozenset({"early-warning"}))
    said = compose(catalogue, resolve(catalogue, asked)).alt
    assert "AN/TPY-2 (Israel; in service)" in said
    assert ") (" not in said


def test_what_the_flat_circle_gets_wrong_is_said_in_one_sentence(catalogue, first_screen):
    asked = replace(first_screen, flat=True)
    said = compose(catalogue, resolve(catalogue, asked)).flat
    assert "2,000 km about one point in Iran, against the ring about all of it, errs by" in said
    assert " km and wrongly leaves out " in said
    tabriz = compose(catalogue, resolve(catalogue, asked.with_origin("iran", "tabriz"))).flat
    assert "2,000 km from Tabriz errs by" in tabriz and "against" not in tabriz


def test_other_capitals_are_other_than_one_that_lies_within(catalogue, first_screen):
    def said(figure: str) -> str:
        asked = replace(first_screen, figures=frozenset({figure}))
        return compose(catalogue, resolve(catalogue, asked)).sentence

    assert "lie 37 other capitals" in said("iran-limit-2017")  # Tehran lies within too
    assert "lie 7 capitals" in said("iskander-m-tass-2017")  # Moscow does not


def test_two_figures_alike_are_told_once(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset({"iran-limit-2017", "iran-limit-irgc-2017"}))
    said = compose(catalogue, resolve(catalogue, asked)).sentence
    assert said.count("other capitals") == 1
    assert said.count("declared by") == 2


def test_what_was_cancelled_or_left_open_is_said_once(catalogue, first_screen):
    asked = replace(first_screen, layers=frozenset({"third-site", "national-contributions"}))
    said = compose(catalogue, resolve(catalogue, asked)).sentence
    assert "Third site, GBI and Third site, radar cancelled" in said
    assert "Korsør offered, not decided" in said


def test_a_range_from_kaliningrad_does_not_say_that_the_system_stood_there(catalogue, first_screen):
    def note(figure: str) -> str:
        asked = replace(first_screen, figures=frozenset({figure}), as_of=dt.date(2009, 12, 1))
        return compose(catalogue, resolve(catalogue, asked)).origin_note

    assert "does not say that the system stood there" in note("iskander-m-wpr-2008")
    assert "does not say" not in note("iran-limit-2017")


def test_less_than_a_distance_is_not_up_to_it(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset({"iskander-m-wpr-2008"}))
    assert "Iskander-M, under 500 km (311 mi)" in compose(catalogue, resolve(catalogue, asked)).told


def test_a_headline_says_what_sites_are_shown(catalogue, first_screen):
    def headline(*layers: str) -> str:
        asked = replace(
            first_screen, phases=frozenset(), figures=frozenset(), layers=frozenset(layers)
        )
        return compose(catalogue, resolve(catalogue, asked)).title

    assert headline("homeland") == "US interceptors"
    assert headline("homeland", "early-warning") == "US interceptors and early-warning radars"
    assert headline("third-site") == "The third site of 2007 to 2009"
    assert headline("russian-sites") == "Russian sites"


def test_what_is_left_out_is_not_said_to_be_unannounced(catalogue, first_screen):
    asked = replace(first_screen, hidden=frozenset({"side-nato-us", "basis-declared"}))
    missing = " ".join(resolve(catalogue, asked).missing)
    assert "All that was chosen is left out" in missing and "announced" not in missing


def test_a_proposal_is_not_shown_before_it_was_made_without_a_word(catalogue, first_screen):
    def said(day: dt.date) -> str:
        asked = replace(first_screen, as_of=day, layers=frozenset({"sectoral-proposal"}))
        return compose(catalogue, resolve(catalogue, asked)).sentence

    assert "as described in 2012 (after the day shown)" in said(dt.date(2008, 1, 1))
    assert "after the day shown" not in said(dt.date(2012, 5, 31)).split("tinted")[1]


def test_what_holds_of_a_drawing_only_is_no_note_of_a_file(catalogue, first_screen):
    both = resolve(catalogue, replace(first_screen, layers=frozenset({"third-site"})))
    said = compose(catalogue, both)
    assert "so that no symbol hides another" in " ".join(said.drawn_notes)
    made = provenance(catalogue, both, "")
    assert "hides another" not in " ".join(made.notes)
