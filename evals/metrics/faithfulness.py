"""Faithfulness: the share of an answer's sentences that the retrieved papers support.

RAGAS (Es et al. 2023, "RAGAS: Automated Evaluation of Retrieval Augmented Generation") divides an
answer into statements and takes the share inferred from the context; an answer without statements,
which an abstention is, has no value there. Here a sentence is a statement, and an abstention is
faithful: it claims nothing that is not so. Both figures are given.
"""

from collections.abc import Sequence


def faithfulness(verdicts: Sequence[bool | None], *, abstained: bool) -> float | None:
    """Share supported among the judged sentences; 1 for an abstention or an answer of none.

    `verdicts` has a value a sentence, None where the judge did not tell; None if it told of none.
    """
    if abstained or not verdicts:
        return 1.0
    return _share(verdicts)


def ragas_faithfulness(verdicts: Sequence[bool | None], *, abstained: bool) -> float | None:
    """The same by RAGAS' definition: None for an abstention or an answer without statements."""
    return None if abstained else _share(verdicts)


def _share(verdicts: Sequence[bool | None]) -> float | None:
    judged = [verdict for verdict in verdicts if verdict is not None]
    return sum(judged) / len(judged) if judged else None
