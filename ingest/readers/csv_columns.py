"""Which column of a table holds what, by the headers that services write.

Names are compared by their letters and digits (`Author/s` is `authors`, `journalTitle` is `journal
title`). The first name found wins, so each list goes from the particular to the general: Scopus has
`Author full names` beside `Authors`, Zotero a `Publication Title` beside the `Title`.
"""

import re
from collections.abc import Mapping, Sequence

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": (
        "title",  # Scopus, Zotero, Lens, Dimensions, PubMed, Embase, OpenAlex, Rayyan, Covidence
        "article title",  # Web of Science, EBSCO
        "document title",  # IEEE Xplore
        "item title",  # Springer
        "paper title",
        "primary title",
        "title primary",  # RefWorks
        "translated title",
        "display name",  # OpenAlex
        "ti",  # Web of Science, tab-delimited
        "titles",
        "headline",
        "titel",
        "titre",
        "título",
        "titulo",
        "titolo",
        "title 题名",  # CNKI
        "题名",
        "标题",
    ),
    "abstract": (
        "abstract",
        "abstract note",  # Zotero
        "abstracts",
        "abstract text",
        "paper abstract",
        "notes abstract",
        "ab",
        "n2",
        "summary",
        "summaries",
        "abstract original",
        "description",
        "zusammenfassung",
        "résumé",
        "resumen",
        "resumo",
        "riassunto",
        "summary 摘要",  # CNKI
        "摘要",
    ),
    "authors": (
        "author full names",  # Scopus, Web of Science
        "authorships author display name",  # OpenAlex
        "authorships raw author name",
        "author names",  # Embase
        "authors",
        "authors primary",  # RefWorks
        "author string",  # Europe PMC
        "author",  # Zotero
        "af",
        "au",
        "contributors",  # EBSCO
        "first authors",
        "creators",
        "author list",
        "full author names",
        "autor",
        "autoren",
        "auteur",
        "auteurs",
        "autores",
        "autori",
        "author 作者",  # CNKI
        "作者",
    ),
    "year": (
        "publication year",
        "pub year",  # Dimensions
        "published year",  # Covidence
        "year",
        "py",
        "publication date",
        "date published",
        "date of publication",
        "cover date",
        "published",
        "date",
        "update date",
        "pub date",
        "yr",
        "publish time",  # CORD-19
        "year of publication",
        "year published",
        "first publication date",
        "issued",
        "posted date",  # preprint servers
        "jahr",
        "année",
        "año",
        "ano",
        "anno",
        "year 年",  # CNKI
        "pubtime 发表时间",
        "年份",
        "发表时间",
        "source",  # Embase: within the citation
    ),
    "venue": (
        "source title",  # Scopus, Web of Science, Lens, Dimensions, Embase
        "publication title",  # Zotero, IEEE Xplore
        "primary location source display name",  # OpenAlex
        "journal book",  # PubMed
        "full journal",  # Paperpile
        "periodical full",  # RefWorks
        "publication name",  # SyRF
        "journal title",
        "journal name",
        "journal",
        "publication venue",
        "venue",
        "so",
        "source title anthology title",
        "conference name",
        "proceedings title",
        "booktitle",
        "book title",
        "publication",
        "pubtitle",  # ProQuest
        "secondary title",
        "journal ref",
        "anthology title",  # Dimensions
        "proceeding",  # Papers with Code
        "conference",
        "periodical",  # Citavi
        "jt",
        "jf",
        "container title",
        "host venue display name",
        "zeitschrift",
        "revue",
        "revista",
        "rivista",
        "source 文献来源",  # CNKI
        "文献来源",
        "来源",
        "source",
    ),
    "url": (
        "url",
        "urls",
        "link",
        "plink",
        "article url",
        "primary location landing page url",
        "external url",
        "documenturl",  # ProQuest
        "dimensions url",
        "embase link",
        "pdf link",
        "doi link",
        "html url",
        "url abs",  # Papers with Code
        "paper url",
        "paper link",  # SciSpace
        "landing page url",
        "us",  # Cochrane
        "ur",
    ),
    "links": (  # these may hold a DOI
        "open url link",  # Embase
        "findacopy",  # ProQuest
        "full text link",
        "fulltexturl",
        "citation",  # PubMed
        "external ids",  # Semantic Scholar
        "source linkout",
        "extra",  # Zotero, for what is no journal article
    ),
    "doi": (
        "doi",
        "item doi",  # Springer
        "ids doi",  # OpenAlex
        "di",
        "digitalobjectidentifier",  # ProQuest
        "digital object identifier",
        "doi name",  # Citavi
        "doi doi",  # CNKI
        "do",
        "doi link",
    ),
    "arxiv_id": ("arxiv id", "arxiv", "entry id"),
    "pmid": ("pmid", "pubmed id", "medline pmid", "ids pmid", "pm"),
    "keywords": (
        "author keywords",
        "keywords",
        "manual tags",
        "keywords display name",
        "de",
        "automatic tags",
        "keyword 关键词",  # CNKI
        "关键词",
    ),
    "id": (),
}
"""Header names of each field. An `id` is taken only from a column that the user names."""

_PUNCTUATION = re.compile(r"[\W_]+")


def normalise_header(name: str) -> str:
    """The letters and digits of a header, without case."""
    return _PUNCTUATION.sub("", name.casefold())


_NAMES = {field: tuple(map(normalise_header, names)) for field, names in COLUMNS.items()}


def find_columns(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[int]]:
    """Positions of the columns of each field, best first; a mapped field has its one column."""
    positions: dict[str, int] = {}
    for position, name in enumerate(map(normalise_header, header)):
        positions.setdefault(name, position)
    names = _NAMES | {field: (normalise_header(name),) for field, name in mapping.items()}
    found = {
        field: [positions[name] for name in candidates if name in positions]
        for field, candidates in names.items()
    }
    return {field: columns for field, columns in found.items() if columns}
