"""Names from outside the repository: read from a file or from the variable itself, and never shown in a message."""

import pytest
from handrail.load.overlay import NOBODY, OverlayError, overlay, state_of

PEOPLE = "c.moreau: {name: Claire Moreau, mail: claire@example.org}\nj.okafor: Jude Okafor\n"


def test_the_variable_names_a_file_or_is_the_text(tmp_path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(PEOPLE, encoding="utf-8")
    for told in (str(file), PEOPLE, PEOPLE.replace("\n", "").replace("}j", "}\nj"), "j.okafor: Jude Okafor"):
        found = overlay(told)
        assert found.called("j.okafor") == "Jude Okafor (j.okafor)"
    assert overlay(str(file)).mails == {"c.moreau": "claire@example.org"}
    assert overlay(PEOPLE).called("x.y") == "x.y"


@pytest.mark.parametrize("told", [None, "", "  "])
def test_without_it_there_are_handles(told) -> None:
    assert overlay(told) is NOBODY
    assert state_of(told) == ""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("a: [\nsecret-7", "cannot be read as YAML"), ("- secret-7\n- b\n", "no list of people"), ("Secret-7 X: Claire\nb: c\n", "entry 1"),
        ("c.moreau: {name: Claire, phone: secret-7}\n", "says of c.moreau"), ("c.moreau: [secret-7]\n", "says of c.moreau"), ("c.moreau: ''\n", "says of c.moreau"),
        ('c.moreau: {name: "secret-7\\e[0m"}\n', "c.moreau"), ("/nowhere/secret-7.yaml", "cannot be read"), ("c.moreau: secret-7\nc.moreau: b\n", "cannot be read as YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_without_what_is_in_it(told, said) -> None:
    with pytest.raises(OverlayError) as caught:
        overlay(told)
    assert said in str(caught.value)
    assert "secret-7" not in str(caught.value)


def test_a_change_of_the_file_is_seen(tmp_path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(PEOPLE, encoding="utf-8")
    before = state_of(str(file))
    file.write_text(PEOPLE + "a.b: A B\n", encoding="utf-8")
    assert state_of(str(file)) != before
    assert state_of(str(tmp_path / "gone")) == "unreadable"
