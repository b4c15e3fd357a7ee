"""BibTeX and BibLaTeX as managers, publishers and indexes write them."""

from ingest.readers.bibtex import BibtexReader
from tests.ingest.readers.exports import only, read

READER = BibtexReader()


def test_jabref_has_an_encoding_line_strings_and_its_own_comments() -> None:
    paper = only(
        READER,
        r"""% Encoding: UTF-8

@String{jot = "Journal of " # {Tests}}
@STRING(vol = {7})

@Article{Lee2020,
  author    = {Lee, Ann and M{\"u}ller, J{\"u}rgen and others},
  title     = "The {DNA} of {{B}ib{\TeX}}",
  journal   = jot # ", Series " # vol,
  year      = 2020,
  month     = jan,
  abstract  = {We save 50% of time \& money.
               A second line.

               A second paragraph.},
  doi       = {10.1000/a\_b},
  keywords  = {one, two},
}

@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
}
""",
    )
    assert paper.title == "The DNA of BibTeX"
    assert paper.authors == ("Ann Lee", "Jürgen Müller")
    assert paper.venue == "Journal of Tests, Series 7"
    assert paper.abstract == "We save 50% of time & money. A second line.\nA second paragraph."
    assert (paper.year, paper.doi) == (2020, "10.1000/a_b")
    assert paper.extra == {"keywords": ["one", "two"]}
    assert paper.sources[0].line == 6


def test_zotero_biblatex() -> None:
    paper = only(
        READER,
        r"""
@online{lee_2021,
  title = {Sparse {{Attention}}},
  subtitle = {A Test},
  author = {Lee, Ann and {World Health Organization, Geneva}},
  date = {2021-03-04},
  eprint = {2101.00001},
  eprinttype = {arxiv},
  eprintclass = {cs},
  url = {http://arxiv.org/abs/2101.00001},
  urldate = {2022-01-01},
  abstract = {If \$p {$<$} 0.05\$, {\textless}i{\textgreater}then{\textless}/i{\textgreater}
    ``yes''.},
  pubstate = {preprint},
  file = {/home/x/Zotero/storage/AB/p.pdf}}
}
""",
    )
    assert paper.title == "Sparse Attention: A Test"
    assert paper.authors == ("Ann Lee", "World Health Organization Geneva")
    assert (paper.id, paper.year) == ("arxiv:2101.00001", 2021)
    assert paper.abstract == "If $p $<$ 0.05$, <i>then</i> “yes”."


def test_google_scholar_and_dblp_hide_the_arxiv_id() -> None:
    scholar = "@article{lee2021,\n  title={Sparse},\n  journal={arXiv preprint arXiv:2101.00001}}"
    dblp = """@article{DBLP:journals/corr/abs-2101-00001,
  author       = {Ann Lee and
                  Jan van der Berg},
  title        = {Sparse},
  journal      = {CoRR},
  volume       = {abs/2101.00001},
  year         = {2021},
  eprinttype    = {arXiv},
  timestamp    = {Thu, 21 Jan 2021 00:00:00 +0100},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}"""
    ads = (
        "@ARTICLE{2021ApJ...1L,\n author = {{Lee}, A. and {van der Berg}, J.},\n"
        ' title = "{Sparse}",\n journal = {\\apj},\n archivePrefix = {arXiv},\n'
        "  eprint = {2101.00001},\n year = 2021,\n}"
    )
    assert only(READER, scholar).id == only(READER, dblp).id == "arxiv:2101.00001"
    assert only(READER, dblp).authors == ("Ann Lee", "Jan van der Berg")
    from_ads = only(READER, ads)
    assert (from_ads.id, from_ads.venue) == ("arxiv:2101.00001", "The Astrophysical Journal")
    assert from_ads.authors == ("A. Lee", "J. van der Berg")


def test_publishers_put_whole_links_in_doi_and_many_fields_on_a_line() -> None:
    paper = only(
        READER,
        "@inproceedings{10.1145/1.2,\nauthor = {Lee, Ann}, title = {On {C++} and C\\#},"
        " year = {2020},\nisbn = {978}, publisher = {ACM},\nurl = {https://doi.org/10.1145/1.2},\n"
        'doi = {https://doi.org/10.1145/1.2},\nabstract = {A = B, {C} = "D" @ once.},\n'
        "booktitle = {Proc. of Tests},\nseries = {T '20}\n}",
    )
    assert (paper.title, paper.doi) == ("On C++ and C#", "10.1145/1.2")
    assert paper.abstract == 'A = B, C = "D" @ once.'
    assert paper.venue == "Proc. of Tests"


def test_parentheses_and_capitals() -> None:
    assert only(READER, "@ARTICLE(key, TITLE = {Old}, YEAR = 1987)").year == 1987


def test_a_broken_entry_fails_alone_with_its_line() -> None:
    got = read(
        READER,
        "@article{a,\n  title = {One},\n}\n\n@article{b,\n  title = {Two\n}\n\n"
        "@article{c\n  title = {Three},\n}\n@article{d,\n  title = {Four}\n}\n"
        "@misc{e, note = {x}}\n",
    )
    assert [paper.title for paper in got.papers] == ["One", "Four"]
    assert [failure.line for failure in got.failures] == [5, 9, 15]
    assert "comma after its key" in got.failures[1].reason
    assert "no title" in got.failures[2].reason


def test_an_entry_cut_off_at_the_end_fails() -> None:
    got = read(READER, "@article{a, title = {One}}\n@article{b, title = {Two}, abstract = {Cut")
    assert [paper.title for paper in got.papers] == ["One"]
    assert [failure.line for failure in got.failures] == [2]


def test_the_same_key_or_field_twice_loses_no_entry() -> None:
    got = read(
        READER,
        "@article{a, title = {One}, note = {x}, note = {y}} @article{a, title = {Two}}\n"
        "@article{a, title = {Three}}\n@book{, title = {Four}}\n",
    )
    assert [paper.title for paper in got.papers] == ["One", "Two", "Three", "Four"]
    assert not got.failures


def test_cross_references_before_and_after() -> None:
    child = "@inproceedings{%s, title = {%s}, crossref = {%s}}\n"
    parent = "@proceedings{P, title = {Proc. of Tests}, year = 2019, doi = {10.1000/p}}\n"
    text = child % ("a", "Before", "p") + parent + child % ("b", "After", "P")
    got = read(READER, text + child % ("c", "Never", "q"))
    by_title = {paper.title: paper for paper in got.papers}
    for title in ("Before", "After"):
        assert by_title[title].venue == "Proc. of Tests"
        assert by_title[title].year == 2019
        assert by_title[title].doi is None
    assert by_title["Never"].venue is None
    assert [paper.sources[0].line for paper in got.papers] == [2, 3, 1, 4]


def test_an_entry_without_a_key_passes_nothing_on() -> None:
    got = read(READER, "@book{, title = {One}, year = 2012}\n@misc{b, title = {Two}}\n")
    assert [paper.year for paper in got.papers] == [2012, None]


def test_pubmed_ids() -> None:
    own_field = only(READER, "@article{a, title = {A}, pmid = {123}}")
    as_eprint = only(READER, "@article{a, title = {A}, eprint = {123}, eprinttype = {pubmed}}")
    by_converter = only(READER, "@article{a, title = {A}, pubmed = {123}}")
    assert own_field.id == as_eprint.id == by_converter.id == "pmid:123"


def test_mail_addresses_and_prose_are_no_entries() -> None:
    assert [f.line for f in read(READER, "write to me @home {or not}\n").failures] == [None]


def test_semantic_scholar_lists_the_kind() -> None:
    text = "@['JournalArticle']{a,\n title = {Kites},\n year = {2021}\n}\n"
    assert only(READER, text).title == "Kites"


def test_an_at_sign_within_an_abstract_starts_no_entry() -> None:
    text = (
        "@article{a,\n title = {Mail},\n abstract = {Write to us\n@ our desk (office) or\n"
        "@foo{bar}.\n Thanks.},\n year = 2001\n}\n@article{b, title = {Next}}\n"
    )
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["Mail", "Next"]
    assert got.papers[0].abstract == "Write to us @ our desk (office) or @foobar. Thanks."
    assert (got.papers[0].year, got.failures) == (2001, [])


def test_a_brace_that_is_not_closed_costs_its_entry_only() -> None:
    text = (
        "@article{a,\n title = {A {bad title},\n year = 2001\n}\n\n"
        "@article{b,\n title = {B},\n year = 2002\n}\n"
        "@article{c,\n title = {C},\n year = 2003,\n\n@article{d,\n title = {D}\n}\n"
    )
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["B", "D"]
    assert [failure.line for failure in got.failures] == [1, 10]


def test_a_comma_that_is_missing_joins_no_two_fields() -> None:
    fields = "title = {C {x = 3}}\n year = 2003\n abstract = {A {b} c}\n journal = {J}"
    text = f"@article{{a,\n {fields}\n}}\n"
    paper = only(READER, text)
    assert (paper.title, paper.year, paper.venue) == ("C x = 3", 2003, "J")
    assert paper.abstract == "A b c"


def test_authors_of_one_name_are_numbered_by_dblp() -> None:
    text = "@article{a, title = {T}, author = {Ann Lee 0001 and Bo Ng}}"
    assert only(READER, text).authors == ("Ann Lee", "Bo Ng")


def test_the_authors_keywords_come_before_the_index_s() -> None:
    text = "@CONFERENCE{a, title = {T}, author_keywords = {kites; wind}, keywords = {Aircraft}}"
    assert only(READER, text).extra == {"keywords": ["kites", "wind"]}


def test_ads_links_its_page() -> None:
    text = "@ARTICLE{a, title = {T}, journal = {\\mnras}, adsurl = {https://ads.example/abs/1}}"
    paper = only(READER, text)
    assert paper.venue == "Monthly Notices of the Royal Astronomical Society"
    assert paper.url == "https://ads.example/abs/1"


def test_endnote_leaves_the_key_out() -> None:
    text = "\n\t@article{\n\t  author = {Lee, A.},\n\t  title = {Kites},\n\t  year = {2012}\n\t}\n"
    assert only(READER, text).title == "Kites"
    got = read(READER, text + "@string{j = {Winds}}\n@misc{title = {Ropes}, journal = j}\n")
    assert [(paper.title, paper.venue) for paper in got.papers] == [
        ("Kites", None),
        ("Ropes", "Winds"),
    ]
    assert (got.lines, got.failures) == ([2, 8], [])


def test_a_brace_below_its_kind_opens_an_entry() -> None:
    below = "@article\n{\nb,\n title = {Two},\n}\n"
    text = "@article{a, title = {One}}\n" + below + "@misc{c, title = {Three}}\n"
    got = read(READER, text)
    assert [paper.title for paper in got.papers] == ["One", "Two", "Three"]
    assert got.lines == [1, 2, 7]
    assert only(READER, "@article\n{b,\n title = {Two}\n}\n").title == "Two"


def test_lines_that_a_percent_sign_starts_are_comments_but_in_values() -> None:
    paper = only(
        READER,
        "% @misc{no,\n%  title = {No}}\n@online{a,\n  % a comment { here\n  title = {Kites},\n"
        "  %title = {Old},\n  abstract = {Up by 5\n% a day.},\n  date = {2024}\n  % last\n}\n"
        "%@misc{b,\n% title = {Gone},\n%}\n",
    )
    assert (paper.title, paper.year) == ("Kites", 2024)
    assert paper.abstract == "Up by 5 % a day."


def test_a_percent_sign_may_start_a_line_of_a_value() -> None:
    paper = only(READER, '@misc{a,\n  title = "Up by 5\n% a day, {"}so\n% they say",\n  % no\n}')
    assert paper.title == 'Up by 5 % a day, "so % they say'
    paper = only(READER, "@misc(a,\n  % no\n  title = {Up by 5\n% a day},\n  year = 2024\n)")
    assert (paper.title, paper.year) == ("Up by 5 % a day", 2024)


def test_scopus_begins_with_its_name_and_a_date() -> None:
    paper = only(
        READER,
        "Scopus\nEXPORT DATE: 02 July 2024\n\n@ARTICLE{1,\n\tauthor = {Lee, Ann and Ng, Bo},\n"
        "\ttitle = {Kites},\n\tyear = {2023},\n\tauthor_keywords = {kites; wind},\n"
        "\tsource = {Scopus},\n\tnote = {Cited by: 3; All Open Access}\n}\n",
    )
    assert (paper.title, paper.authors) == ("Kites", ("Ann Lee", "Bo Ng"))


def test_cochrane_numbers_its_records() -> None:
    record = (
        "Record #%d of 2\n@article{a%d,\nauthor = {Lee, AB, Ng, C, and Roe, D},\n"
        "title = {Kites %d},\nabstract = {Abstract - Background Kites fly (95%% CI = 1, N = 2).},\n"
        "keywords = {*Kites [use, care]; Child, Preschool}\n}\n\n\n"
    )
    got = read(READER, record % (1, 1, 1) + record % (2, 2, 2))
    assert [paper.title for paper in got.papers] == ["Kites 1", "Kites 2"]
    assert got.papers[0].authors == ("AB Lee", "C Ng", "D Roe")
    assert got.papers[0].extra == {"keywords": ["*Kites [use, care]", "Child, Preschool"]}


def test_web_of_science_wraps_its_keywords() -> None:
    text = "@article{ WOS:1,\nTitle = {{Kites}},\nKeywords = {{wind; kite\n   flying}},\n}\n"
    assert only(READER, text).extra == {"keywords": ["wind", "kite flying"]}


def test_keywords_on_lines_of_their_own_and_with_entities() -> None:
    text = "@misc{a, title = {T}, keywords = {%s}}"
    lines = only(READER, text % "Kites\nModels, Theoretical\nWind")
    assert lines.extra == {"keywords": ["Kites", "Models, Theoretical", "Wind"]}
    entity = only(READER, text % "R&amp;D, wind")
    assert entity.extra == {"keywords": ["R&D", "wind"]}


def test_calibre_and_old_springer_have_other_names_for_keywords() -> None:
    text = (
        '@book{ a,\n title = "A",\n tags = "kites, wind" }\n@article{b, title = {B}, keyword = {c}}'
    )
    assert [paper.extra for paper in read(READER, text).papers] == [
        {"keywords": ["kites", "wind"]},
        {"keywords": ["c"]},
    ]


def test_mendeley_escapes_line_ends_and_keeps_arxiv_s_old_ids_apart() -> None:
    paper = only(
        READER,
        "@article{a,\nabstract = {Kites of$\\backslash$npaper rise.$\\backslash$n},\n"
        "archivePrefix = {arXiv},\narxivId = {cond-mat/0101001},\neprint = {0101001},\n"
        "title = {{Kites}},\nurl = {http://x.example/a$\\backslash$nhttp://x.example/b}\n}\n",
    )
    assert paper.abstract == "Kites of paper rise."
    assert (paper.id, paper.url) == ("arxiv:cond-mat/0101001", "http://x.example/a")


def test_a_pubmed_id_in_a_note() -> None:
    text = "@article{a, title = {A}, note ={PMID: 123},\nURL = { \n  https://x.example\n },\n}"
    paper = only(READER, text)
    assert (paper.id, paper.url) == ("pmid:123", "https://x.example")


def test_a_pmid_of_proquest_is_no_number_of_pubmed() -> None:
    note = "Object type: Review; DOCID: 1; PCID: 2; PMID: 123; ProvJournalCode: KITE"
    assert only(READER, f"@article{{a, title = {{A}}, note = {{{note}}}}}").id.startswith("title:")


def test_old_dblp_links_a_doi_at_its_publisher() -> None:
    text = "@inproceedings{a, title = {A}, ee = {http://doi.ieeecomputersociety.org/10.1109/X.1}}"
    assert only(READER, text).doi == "10.1109/x.1"


def test_europe_pmc_puts_the_pubmed_id_in_the_key() -> None:
    text = "@article {PMID:123,\n\tTitle = {A},\n\tAbstract = {<h4>Aim</h4>To fly.},\n}\n"
    paper = only(READER, text)
    assert (paper.id, paper.abstract) == ("pmid:123", "<h4>Aim</h4>To fly.")


def test_ojs_has_its_own_name_for_an_abstract() -> None:
    text = "@article{a, title={A}, abstractNote={Kites rise.}, author={Lee, Ann}, month={Jun.} }"
    assert only(READER, text).abstract == "Kites rise."
