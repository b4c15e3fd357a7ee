"""Labels before and notices after an abstract; the notices are those of the sample exports."""

import pytest

from ingest.boilerplate import remove_copyright, remove_label

BODY = "The bridge holds. It was measured twice."
NOTICES = [
    "© The Author(s) 2024.",
    "© 2023, Springer Nature Limited.",
    "(©) RSNA, 2016.",
    "©2013 AACR.",
    "©2016 AACR.This article is highlighted in the In This Issue feature, p. 561.",
    "Copyright 2023 Barker et al.",
    "Copyright © 2019 Elsevier Inc. All rights reserved.",
    "© 2020 Elsevier B.V. All rights reserved.",
    "2023 Association for Kites and Austrian centre for gliding. All rights reserved.",
    "?? 2003 Elsevier B.V. All rights reserved.",
    "(C) 2015 Elsevier B.V. and Association of Kite Societies (EUKITE). All rights reserved.",
    "(C) 2000 Elsevier Science B.V.",
    "(C) 2003 American Institute of Physics.",
    "© 2024 The Author(s). Published by Informa UK Limited, trading as Taylor & Francis Group.",
    "© 2010 The Authors. Biological Reviews © 2010 Cambridge Philosophical Society.",
    "(PsycINFO Database Record (c) 2020 APA, all rights reserved)",
    "© Author(s) (or their employer(s)) 2020. No commercial re-use. See rights and permissions.",
    "This article is protected by copyright. All rights reserved.",
    "DOI: http://dx.doi.org/10.1000/kite.00013.001",
    "[ABSTRACT FROM AUTHOR]",
    "[Author Abstract]",
    "[Author Abstract] KEY WORDS: bridges; a longitudinal study",
    "Copyright of Journal of Bridges is the property of A Press, Inc. and its content may not be"
    " copied or emailed to multiple sites. However, users may print articles for individual use.",
    "[ABSTRACT FROM AUTHOR] Copyright of Kites is the property of A Press and may not be copied."
    " This abstract may be abridged. (Copyright applies to all Abstracts.)",
    "(PsycInfo Database Record (c) 2024 APA, all rights reserved).",
    "Copyright of Journal of Bridges is the property of A Press, Inc. and its content may not be"
    " copied. This abstract may be abridged. No warranty is given about the accuracy of the copy.",
    "( PsycINFO Database Record ( c) 2002 APA, all rights reserved)",
    "(C) 2017 Elsevier B.V.",
    "(C) 2012 American Institute of Bridges. [doi:10.1063/1.3675152]",
    "Published by AIP Publishing.",
    "Published by Elsevier Ltd. on behalf of Acta Pontis Inc.",
    "(C) 2015 Bridge Builders. Published by Elsevier Ltd.",
    "Crown Copyright (C) 2010 Published by Elsevier B.V.",
    "(C) The Bridge Society of Japan, All rights reserved.",
    "(c) 2017 Wiley Periodicals, Inc. J. Bridge. Sci., Part B: Br. Phys. 2017, 55, 980-989",
    "[The dissertation citations contained here are published with the permission of A Press."
    " Copies may be obtained by telephone.]",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_notices_at_the_end_go(notice: str) -> None:
    assert remove_copyright(f"{BODY} {notice}") == BODY
    assert remove_copyright(f"{BODY}\n{notice} ") == BODY


def test_ovid_parts_a_notice_by_a_comma() -> None:
    assert remove_copyright(f"{BODY}, Copyright (C) 2011 A Press Ltd.") == BODY
    assert remove_copyright(f"{BODY}, (C) 2011 A Press, Inc.") == BODY


def test_elseviers_notice_may_follow_a_sentence_that_does_not_end() -> None:
    text = "The bridge holds (C) 2010 Elsevier Ltd All rights reserved"
    assert remove_copyright(text) == "The bridge holds"


def test_a_notice_goes_after_a_list_with_letters() -> None:
    text = "We pull (a) wood, (b) steel and (c) rope."
    assert remove_copyright(f"{text} (C) 2017 Elsevier B.V.") == text


def test_several_notices_go() -> None:
    text = f"{BODY} [ABSTRACT FROM AUTHOR] © 2008 Springer. All rights reserved."
    assert remove_copyright(text) == BODY


def test_a_notice_before_the_text_goes() -> None:
    text = f"© Joanna Example 2013. All rights reserved. {BODY}"
    assert remove_copyright(text) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "The association of kites and wind was strong in each college.",
        "Association of kites with wind was strong. The institute of gulls was built.",
    ],
)
def test_sentences_after_a_notice_stay(text: str) -> None:
    assert remove_copyright(f"© 2012 Kites Ltd. {text}") == text


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_alone_leaves_nothing(notice: str) -> None:
    assert remove_copyright(notice) == ""


@pytest.mark.parametrize(
    "text",
    [
        "We compare (a) wood, (b) steel, and (c) rope.",
        "We pulled (a) 500 kites of wood; (c) 2000 kites of thin steel.",
        "The model leaks text. Copyright law forbids that in 2020 and later.",
        "We study the © sign. © 2020 stands on most pages, and our results explain the year.",
        "Kites fell. 2019 Vienna was their best flight. All rights reserved words were read.",
        "We compare years; (c) 2010 was warm.",
        "Maps are old. Published by Ng in 1890, they show rivers.",
        "We compare (a) 2008 flights; (b) 2012 flights; (c) 2016 Kite Society flights.",
        "We compare (a) 2008 flights; (c) 2016 Republican flights.",
        "We discuss (a) duties; (c) civil rights, all rights of children among them.",
        "Bridges were counted. DOI: https://doi.org/10.1000/dataset.1234567",
        "Poems are old. Published by Dodsley while kites were sung of they show rivers.",
        "Pages end in © 2020. A challenging reappraisal of pages reveals how years were chosen.",
        BODY,
        "",
    ],
)
def test_text_stays(text: str) -> None:
    assert remove_copyright(text) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Abstract: We show.", "We show."),
        ("ABSTRACT: HIV can harm.", "HIV can harm."),
        ("Abstract : Based on bones.", "Based on bones."),
        ("Abstract. Stimulated scattering is used.", "Stimulated scattering is used."),
        ("Abstract | Populations are small.", "Populations are small."),
        ("Abstract—We show.", "We show."),
        ("Abstract\nWe show.", "We show."),
        ("ABSTRACT Lyme disease is emerging.", "Lyme disease is emerging."),
        ("Abstract During the middle Permian", "During the middle Permian"),
        ("Abstract A woman, now 59", "A woman, now 59"),
        ("Abstract 3D kites are made.", "3D kites are made."),
        ("Abstract Kite-based simulations", "Kite-based simulations"),
        ("Abstract Objective Our study", "Objective Our study"),
        ("Abstract Background: For years", "Background: For years"),
        ("Summary Background Alcohol is", "Background Alcohol is"),
        ("SUMMARY The format is generic.", "The format is generic."),
        ("Summary: We show.", "We show."),
        ("Author Summary\nWe show.", "We show."),
        ("<正>风筝飞。", "风筝飞。"),
    ],
)
def test_labels_go(text: str, rest: str) -> None:
    assert remove_label(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Abstract Meaning Representation (AMR) is a framework.",
        "Abstract Meaning representation (AMR) is a framework.",
        "Abstract Interpretation is a theory.",
        "Abstract syntax is a tree.",
        "Abstract grammatical knowledge is key.",
        "Abstraction: a survey.",
        "Abstractive summaries are short.",
        "Summary statistics are given.",
        "Summaries. They are short.",
    ],
)
def test_first_sentences_stay(text: str) -> None:
    assert remove_label(text) == text
