"""From what a model wrote to a checked answer: judged, repaired where asked for, or refused."""

from typing import Any

from assistant.answer import Answer, Usage
from assistant.assemble import citations_of, sentences_of, text_of
from assistant.checked import Checked, check_answer
from assistant.extractive import ExtractiveAnswerer
from assistant.finding import counted
from assistant.generation import GeneratedText
from assistant.llms.chat import Completion
from assistant.model_steps import Ask, Steps
from assistant.refusal import is_refusal, without_sentinel
from assistant.repairing import better, repair_messages
from assistant.sentences import without_cut_end
from assistant.settings import Settings
from assistant.tidying import tidied
from assistant.translating import (
    BY_TRANSLATION,
    foreign_sentences,
    read_translation,
    translation_request,
)
from assistant.unchecked import NOT_CHECKED, unchecked_answer
from assistant.verification import Verifier
from assistant.verification.batch_judge import batch_request, read_verdicts
from assistant.verification.second_opinion import SecondOpinion
from assistant.work import Work
from assistant.writing import Writing
from ingest.endpoint_errors import EndpointError
from ingest.library import Library
from ingest.pricing import PriceTable

_TRUNCATED = "the model's answer was cut at its token limit (PAPERS_LLM__MAX_TOKENS)"
_THOUGHT_ONLY = (
    "the model spent its tokens on thinking; raise PAPERS_LLM__MAX_TOKENS, or switch thinking off"
    " where it is served"
)
_EMPTY = "the model's answer was empty"
_NOTHING_HELD = "nothing the model wrote is supported by the library; it is not shown"


class Finisher:
    """Safe to share between threads; `finish` is run by `run_steps` or `arun_steps`."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        extractive: ExtractiveAnswerer,
        verifier: Verifier,
        prices: PriceTable,
    ) -> None:
        self.settings = settings
        self.library = library
        self.extractive = extractive
        self.verifier = verifier
        self.prices = prices

    def finish(self, work: Work, writing: Writing) -> Steps[Answer]:
        """Check what was written; a refusal, or nothing supported, refuses."""
        work.lap("generate")
        work.spend(writing.usage)
        work.warnings += writing.warnings
        if writing.only_thoughts or not writing.text.text.strip():
            work.warn(_THOUGHT_ONLY if writing.only_thoughts else _EMPTY)
            return self._quoted(work, writing)
        if writing.finish_reason == "length":
            work.warn(_TRUNCATED)
        if is_refusal(writing.text.text):
            return self._refusal(work, writing)
        cut = writing.finish_reason == "length"
        checked = yield from self._checked(work, writing, writing.text, cut)
        if self.settings.answer.unsupported == "repair" and checked.failures:
            checked = better(checked, (yield from self._repaired(work, writing, checked)))
        work.warnings += checked.reasons
        work.lap("verify")
        if checked.only_missing:
            return self._refusal(work, writing)
        if not checked.citations:
            work.warn(_NOTHING_HELD)
            return self._quoted(work, writing)
        return self._finished(
            work,
            writing,
            status="answered",
            text=checked.text,
            sentences=checked.sentences,
            citations=checked.citations,
        )

    def _checked(
        self, work: Work, writing: Writing, written: GeneratedText, cut: bool
    ) -> Steps[Checked]:
        policy = self.settings.answer.unsupported
        text = without_sentinel(written.text)
        if policy == "off":
            work.warn(NOT_CHECKED)
            return unchecked_answer(text, written.cited)
        text, left_out = tidied(without_cut_end(text) if cut else text)
        work.warnings += left_out
        opinion = SecondOpinion(self.verifier)
        english = yield from self._english(work, writing, text)
        papers, drop = writing.prompt.papers, policy == "drop"
        arguments = (text, written.cited, papers, opinion, drop, work.standalone, english)
        checked = check_answer(*arguments)
        if self.settings.answer.verifier == "offline" or not checked.citations:
            return checked
        yield from self._second_opinion(work, writing, opinion)
        return check_answer(*arguments)

    def _english(self, work: Work, writing: Writing, text: str) -> Steps[dict[str, str]]:
        """The claims of an answer in another language, in English; empty where nothing came."""
        sentences = foreign_sentences(text, work.standalone)
        model = writing.chat.llm.model
        ask = translation_request(sentences, writing.context_window, model) if sentences else None
        if ask is None:
            return {}
        try:
            reply: Completion = yield ask
        except EndpointError as error:
            work.fault(f"the answer could not be translated to be checked: {error}")
            return {}
        work.spend(reply.usage)
        english = read_translation(reply.text, sentences)
        if english and BY_TRANSLATION not in work.warnings:
            work.warn(BY_TRANSLATION)
        return english

    def _second_opinion(self, work: Work, writing: Writing, opinion: SecondOpinion) -> Steps[None]:
        """Ask the model about all accepted claims at once; without a reply the first view holds."""
        pairs = opinion.open_pairs
        ask, count = batch_request(pairs, writing.context_window, writing.chat.llm.model)
        try:
            reply = (yield ask) if count else None
        except EndpointError as error:
            work.fault(f"the checking model did not answer: {error}")
            return
        if reply:
            work.spend(reply.usage)
        verdicts = read_verdicts(reply.text, count) if reply else {}
        for index, verdict in verdicts.items():
            opinion.object_to(*pairs[index], verdict)
        if len(verdicts) < len(pairs):
            left = len(pairs) - len(verdicts)
            work.fault(f"{left} of {len(pairs)} claims were checked offline only")

    def _repaired(self, work: Work, writing: Writing, checked: Checked) -> Steps[Checked]:
        """The second answer, checked; the first where there is none."""
        llm = self.settings.llm
        messages = repair_messages(
            writing.prompt,
            writing.text.written,
            checked,
            room=writing.context_window - llm.max_tokens,
            model=writing.chat.llm.model,
        )
        if messages is None:
            work.warn("the answer was not repaired: the model's window is too small for it")
            return checked
        try:
            reply: Completion = yield Ask(messages)
        except EndpointError as error:
            work.fault(f"the answer was not repaired: {error}")
            return checked
        work.spend(reply.usage)
        again = GeneratedText(writing.prompt)
        again.feed(reply.text)
        again.finish()
        if is_refusal(again.text) or not again.text.strip():
            return checked
        return (yield from self._checked(work, writing, again, reply.finish_reason == "length"))

    def _quoted(self, work: Work, writing: Writing) -> Answer:
        """Passages in place of an answer of which nothing held; a refusal where there are none.

        That a weak model says nothing true is no sign that the library does not answer.
        """
        draft = self.extractive.answer(work.standalone, work.hits)
        if not draft.answered:
            return self._refusal(work, writing)
        work.status = "degraded"
        draft = counted(draft, len(work.bearing))
        return self._finished(
            work,
            writing,
            status="answered",
            model=self.extractive.name,
            text=text_of(draft),
            sentences=sentences_of(draft),
            citations=citations_of(draft),
        )

    def _refusal(self, work: Work, writing: Writing) -> Answer:
        refusal = self.extractive.refuse(work.standalone, work.hits)
        return self._finished(work, writing, status="not_in_library", text=refusal.heading)

    def _finished(self, work: Work, writing: Writing, **fields: Any) -> Answer:
        work.warnings += writing.chat.warnings
        model = writing.chat.llm.model
        return work.finished(
            self.library,
            prompt_hash=writing.prompt.prompt_hash,
            usage=priced(work.spent, model, self.prices),
            **{"model": model, **fields},
        )


def priced(usage: Usage, model: str, prices: PriceTable) -> Usage:
    """The usage with its cost: 0 without a call, None for a model whose price is unknown."""
    cost = prices.chat_cost(model, usage.prompt_tokens, usage.completion_tokens)
    return usage.model_copy(update={"cost_usd": cost if usage.llm_calls else 0.0})
