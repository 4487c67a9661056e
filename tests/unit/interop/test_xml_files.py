"""XML as tables and texts; what could grow without bounds is refused."""

import pytest

from slacalc.interop.xml_files import read_xml

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b0 "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    + "]><a>&b11;</a>"
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<a/>", {"a": ""}),
        ("<a> b &amp; c </a>", {"a": "b & c"}),
        ("<a><b>1</b><b>2</b><b><c/></b></a>", {"a": {"b": ["1", "2", {"c": ""}]}}),
        ('<a x="1"><![CDATA[<b>]]></a>', {"a": "<b>"}),
        ("<a>text<b>1</b>text</a>", {"a": {"b": "1"}}),
        ('<?xml version="1.0" encoding="UTF-8"?><a xmlns="urn:a">é</a>', {"a": "é"}),
    ],
)
def test_an_element_is_a_table_of_those_in_it_or_a_text(text: str, value: object) -> None:
    assert read_xml(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LAUGHS, "it has a document type, which may define entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', "it has a document type"),
        ("<a>" * 1_000_000, "nested more than 50 deep"),
        ("<a><b></a>", "mismatched tag"),
        ("<a>&nbsp;</a>", "undefined entity"),
        ("", "no element found"),
        ("{}", "not well-formed"),
        ("<a/><b/>", "junk after document element"),
    ],
)
def test_what_is_no_xml_or_could_grow_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_xml(text)
