"""The accessibility statement: honest, with a way to tell us, in Arabic."""


def test_it_says_what_is_not_good_enough(citizen):
    text = citizen.page("/en/accessibility").text
    assert "People with disabilities have not tested the pages yet." in text
    assert "A machine wrote these words." in text


def test_there_is_a_number_to_tell_us_at(citizen):
    assert "+4755553333" in citizen.page("/en/accessibility").phone_numbers


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/accessibility").root["dir"] == "rtl"
    assert citizen.client.post("/ar/accessibility").status_code == 405
