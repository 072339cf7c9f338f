"""Words of the field: explained where they stand, listed, and never taken for markup."""

from ui import terms


def test_a_term_is_explained_at_its_first_place_only():
    text = terms.marked("AN/TPY-2 and AN/TPY-2, an MRBM")
    assert text.count("<abbr") == 2
    assert text.index("<abbr") == 0


def test_a_part_of_a_word_is_no_term():
    assert "<abbr" not in terms.marked("INFANTRY, XMRBM and SM-35")


def test_what_looks_like_markup_stays_text():
    marked = terms.marked('<img src=x onerror="alert(1)"> MRBM')
    assert "<img" not in marked and "&lt;img" in marked and "<abbr" in marked


def test_every_term_of_the_page_is_listed_once():
    found = terms.used("An MRBM and an SM-3", "Another MRBM")
    assert [term.id for term in found] == ["sm-3", "mrbm"]
    assert not terms.used("plain words")


def test_no_meaning_holds_a_distance(catalogue):
    assert catalogue.terms
    assert not [term.id for term in catalogue.terms if " km" in term.meaning]
