"""LaTeX to text: what pylatexenc does, and what exports write that is no LaTeX."""

import pytest

from ingest.readers.latex import latex_to_unicode, plain_url


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}del, \v{S}\'{\i}, {\L}\'od\'z, {\ss}, {\AA}, \c{c}", "Gödel, Ší, Łódź, ß, Å, ç"),
        (r"50% of {DNA} & R\&D #1 \#2 a_b", "50% of DNA & R&D #1 #2 a_b"),
        (r"costs $5 and {\$}6 or $7 to $9", "costs $5 and $6 or $7 to $9"),
        (r"{\textless} 0.05 {\textgreater} 1 {\textbar} x", "< 0.05 > 1 | x"),
        (r"\emph{in vivo} \textbf{a \textit{b}} {\em c}", "in vivo a b c"),
        (r"rank $O(n^2)$ and \(x_1\), {ok}", r"rank $O(n^2)$ and \(x_1\), ok"),
        (r"$\pm$0.1\% {A} of 2\,mm$^2$ {B}", "$\\pm$0.1% A of 2 mm$^2$ B"),
        (r"\textbackslashtextasciitilde45\%", "~45%"),
        (r"{\em With\/} Enol\cprime ski\u i", "With Enolʹskiĭ"),
        (r"Auf\/lage and\/or {x} http:\/\/x.org", "Auflage and/or x http://x.org"),
        (r"a$\backslash$nnew {\it b} $\backslash$nu C:$\backslash$x", "a\nnew b \\nu C:\\x"),
        (r"\alpha-helix, 5\,\textmu m", "α-helix, 5 µm"),
        (r"10\textsuperscript{-3} m\textsuperscript{2} H\textsubscript{2}O", "10^-3 m2 H2O"),
        (r"a -- b --- ``c'' \ldots", "a – b — “c” …"),
        (r"\url{http://a_b%20c} \href{http://x.example}{link}", "http://a_b%20c link"),
        (r"C:\Users\name {x}", r"C:\Users\name x"),
        (r"\unknowncommand{kept}", "kept"),
        (r"{\textbackslash}emph\{x\}", r"\emph{x}"),
        ("(~50) is ~40, \\~{}30", "(~50) is ~40, ~30"),
        ("no LaTeX: 50% & $3", "no LaTeX: 50% & $3"),
    ],
)
def test_decoding(latex: str, text: str) -> None:
    assert latex_to_unicode(latex) == text


def test_a_tie_is_a_space() -> None:
    assert latex_to_unicode("Fig.~1") == "Fig.\u00a01"


def test_deep_nesting_is_survived() -> None:
    deep = "{" * 5000 + "x" + "}" * 5000
    assert "x" in latex_to_unicode(deep)


def test_urls_lose_only_their_escapes() -> None:
    assert plain_url(r"\url{http://x.example/a\_b\%20c~d}") == "http://x.example/a_b%20c~d"
