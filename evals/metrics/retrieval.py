"""Measures of a ranking, by ir-measures (MacAvaney, Macdonald and Ounis 2022).

nDCG as trec_eval has it (gain = grade, Järvelin and Kekäläinen 2002), recall, reciprocal rank and
success at their usual depths.
"""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Measure, R, Success, nDCG

MEASURES = {
    "ndcg@10": nDCG @ 10,
    "recall@5": R @ 5,
    "recall@20": R @ 20,
    "recall@50": R @ 50,
    "mrr@10": RR @ 10,
    "success@1": Success @ 1,
}
ANSWER_MEASURES = {"ndcg@10": nDCG @ 10, "recall@5": R(rel=2) @ 5, "recall@10": R(rel=2) @ 10}
"""What is measured of the few papers that an answer may draw on; recall of those of grade 2."""
DEPTH = 50
"""Ranks that any measure looks at."""

Values = npt.NDArray[np.float64]


def measure_rankings(
    qrels: Mapping[str, Mapping[str, int]],
    rankings: Mapping[str, Sequence[str]],
    measures: Mapping[str, Measure] = MEASURES,
) -> dict[str, Values]:
    """Value of every measure for every query of `qrels`, in its order, shape (queries,).

    A ranking lists document ids, best first. A query without one scores 0.
    """
    place = {query_id: at for at, query_id in enumerate(qrels)}
    values = {name: np.zeros(len(qrels)) for name in measures}
    name_of = {measure: name for name, measure in measures.items()}
    run = {query_id: _scored(ranking) for query_id, ranking in rankings.items()}
    for found in ir_measures.iter_calc(list(measures.values()), qrels, run):
        values[name_of[found.measure]][place[found.query_id]] = found.value
    return values


def _scored(ranking: Sequence[str]) -> dict[str, float]:
    """Falling scores: trec_eval orders by score, and breaks ties by id."""
    return {doc_id: float(-rank) for rank, doc_id in enumerate(ranking)}
