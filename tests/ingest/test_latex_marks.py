r"""LaTeX in running text. Each case has the shape of one met in LitSearch, SciTLDR or Zotero."""

import pytest

from ingest.latex_marks import decode_latex


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"Monge-Amp\`ere and H\"older", "Monge-Ampère and Hölder"),
        (r"r\^{o}le, Erd\H{o}s, {\'E}cole, \c{c}a, M{\"u}ller", "rôle, Erdős, École, ça, Müller"),
        (r"{\o}re, Stra{\ss}e, na\"{\i}ve", "øre, Straße, naïve"),
        (r"\emph{sequential} games", "sequential games"),
        (r"\textbf{L}ong \textit{a \emph{b} c}", "Long a b c"),
        (r"\text{\bf translated}, {\em so}, {\it i.e.}", "translated, so, i.e."),
        (r"27\% above, 31\\% below, New\_York, R\&G", "27% above, 31% below, New_York, R&G"),
        (
            r"40\times fewer, English \to German, Es\rightarrowEn",
            "40× fewer, English → German, Es→En",
        ),
        (r"only {\sim}3\%, \alphaNLI, \ge95", "only ∼3%, αNLI, ≥95"),
        (r"\mathcal{O}(L\log L), \Omega\left(N\right)", "O(Llog L), Ω(N)"),
        (r"360^{\circ} and BERT_{\rm BASE}", "360° and BERT_BASE"),
        (r"cm\textsuperscript{2}, \href{http://x.example}{here}", "cm², here (http://x.example)"),
        (r"starting with~\cite{Smith17}", "starting with [Smith17]"),
        (r"methods.\footnote{Code later.}", "methods. (Code later.)"),
        ("We use ``quotes'' and ``tricks\".", "We use “quotes” and “tricks”."),
        (
            "Task~5 at SemEval~2023, 514~papers, Llama~3.1~(8B)",
            "Task 5 at SemEval 2023, 514 papers, Llama 3.1 (8B)",
        ),
        (r"descriptive\ semantics", "descriptive semantics"),
        (
            r"a \documentclass[12pt]{minimal} \usepackage{x} \begin{document}$$x$$\end{document} b",
            "a $$x$$ b",
        ),
    ],
)
def test_decoded(text: str, plain: str) -> None:
    assert decode_latex(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        r"a bound of $O(n^2)$ and $\alpha \leq \textit{x}$ and \(x\_y\)",
        r"C:\Users\bob\temp",
        r"\unknown{x} and \simhash",
        "gains of 1~4%, 0.15~0.3 epochs, ~1.2 times, 3k~200k",
        r"don\'t, it\'s, an \"open\" set and \'important\'",
        r"the expression \d+\.\w* and \d{4}",
        "```code``` and ``code``",
        "50% of $5 & {braces} # here",
        "https://x.example/~ann/index.html",
    ],
)
def test_what_is_not_surely_latex_stays(text: str) -> None:
    assert decode_latex(text) == text


def test_currency_is_no_mathematics() -> None:
    assert decode_latex(r"from $5 to 10\% of $6") == "from $5 to 10% of $6"


def test_unclosed_mathematics_costs_no_time() -> None:
    for text in (r"\(" * 20_000 + "$ " * 20_000, r"\x" + " " * 50_000, "1." * 50_000 + "~"):
        assert decode_latex(text) == text
