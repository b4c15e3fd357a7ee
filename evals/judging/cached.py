"""A judge that is asked about the same claim and papers only once."""

from collections.abc import Sequence

from pydantic import ValidationError

from evals.cache import ContentCache, content_key
from evals.judging.judge import Judge, Judgement
from ingest.paper import Paper


class CachedJudge:
    """Keeps verdicts by claim, titles and abstracts; what was not judged is tried again."""

    def __init__(self, judge: Judge, cache: ContentCache) -> None:
        self._judge = judge
        self._cache = cache

    @property
    def name(self) -> str:
        """The judge's own."""
        return self._judge.name

    @property
    def fingerprint(self) -> str:
        """The judge's own."""
        return self._judge.fingerprint

    def judge(self, claim: str, papers: Sequence[Paper]) -> Judgement:
        """The kept verdict, or a new one."""
        key = content_key(
            {
                "judge": self.fingerprint,
                "claim": claim,
                "papers": [[paper.title, paper.abstract] for paper in papers],
            }
        )
        kept = self._cache.get(key)
        if kept is not None:
            try:
                return Judgement.model_validate_json(kept)
            except ValidationError:
                pass  # written by another version of the program: judged anew below
        found = self._judge.judge(claim, papers)
        if found.label != "unjudged":
            self._cache.put(key, found.model_dump_json())
        return found
