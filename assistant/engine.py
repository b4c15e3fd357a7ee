"""Question to checked answer: retrieve, judge the evidence, draft, verify, assemble."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

from assistant.answer import Answer, Done, Event, Filters, Turn, Usage
from assistant.assemble import citations_of, sentences_of, stream_of, text_of
from assistant.checked import check_answer
from assistant.draft import Draft
from assistant.extractive import ExtractiveAnswerer
from assistant.followup import standalone_question
from assistant.generation import GeneratedText
from assistant.llms.chat import ChatClient
from assistant.prompting import Prompt, PromptBudgetError, build_prompt
from assistant.refusal import is_refusal, without_sentinel
from assistant.retrieval import HybridSearch
from assistant.settings import Settings
from assistant.verification import RuleVerifier
from assistant.work import Work
from ingest.endpoint_errors import EndpointError
from ingest.pricing import load_prices
from ingest.text import encodable

_TRUNCATED = "the model's answer was cut at its token limit (PAPERS_LLM__MAX_TOKENS)"
_NEVER_ASK_BELOW = 0.05


class AnswerEngine:
    """Answers questions from one open library. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        search: HybridSearch,
        extractive: ExtractiveAnswerer,
        connect: Callable[[], ChatClient | None],
    ) -> None:
        """`connect` gives the chat client, None for none; it is asked until it succeeds."""
        self.settings = settings
        self.search = search
        self.extractive = extractive
        self.verifier = RuleVerifier(extractive.vectors)
        self.prices = load_prices(settings.prices_file)
        self._connect = connect
        self._chat: ChatClient | None = None

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[Event]:
        """Yield the answer's text as it comes, then `Done`; closing it stops the model."""
        work = self._prepare(question, history, filters)
        if work.prompt is None or work.chat is None:
            yield from self._quote(work)
            return
        generated = GeneratedText(work.prompt)
        reply = work.chat.stream(work.prompt.messages)
        try:
            with reply:
                for chunk in reply:
                    yield from generated.feed(chunk)
            yield from generated.finish()
        except EndpointError as error:
            yield Done(answer=self._degrade(work, error))
            return
        if reply.finish_reason == "length":
            work.warnings.append(_TRUNCATED)
        yield Done(answer=self._check(work, work.prompt, generated, reply.usage))

    async def astream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> AsyncIterator[Event]:
        """`stream` for `async for`; cancelling the task that reads it stops the model."""
        work = await asyncio.to_thread(self._prepare, question, history, filters)
        if work.prompt is None or work.chat is None:
            for event in self._quote(work):
                yield event
            return
        generated = GeneratedText(work.prompt)
        reply = work.chat.astream(work.prompt.messages)
        try:
            async with reply:
                async for chunk in reply:
                    for event in generated.feed(chunk):
                        yield event
            for event in generated.finish():
                yield event
        except EndpointError as error:
            yield Done(answer=await asyncio.to_thread(self._degrade, work, error))
            return
        if reply.finish_reason == "length":
            work.warnings.append(_TRUNCATED)
        answer = await asyncio.to_thread(self._check, work, work.prompt, generated, reply.usage)
        yield Done(answer=answer)

    def _prepare(self, question: str, history: Sequence[Turn], filters: Filters | None) -> Work:
        """Retrieve, and decide between a model, a quotation and a refusal."""
        work = Work(question=encodable(question))
        if not question.strip():
            work.warn("the question is empty")
        asked = work.shortened(self.settings.answer.max_question_tokens)
        work.standalone = standalone_question(asked, history)
        found = self.search.search(work.standalone, self.settings.retrieval.sources, filters)
        work.hits = found.hits
        work.lap("retrieve")
        try:
            work.chat = self._connected()
        except EndpointError as error:
            work.degrade(error)
        if work.chat is None:
            work.draft = self.extractive.answer(work.standalone, work.hits)
        elif self.extractive.chance(work.standalone, work.hits) < _NEVER_ASK_BELOW:
            work.draft = self.extractive.refuse(work.standalone, work.hits)
        else:
            work.prompt = self._prompt(work, asked, work.chat, history)
        return work

    def _connected(self) -> ChatClient | None:
        if self._chat is None:
            self._chat = self._connect()
        return self._chat

    def _prompt(
        self, work: Work, asked: str, chat: ChatClient, history: Sequence[Turn]
    ) -> Prompt | None:
        llm = self.settings.llm
        try:
            prompt = build_prompt(
                asked if history else work.standalone,
                work.hits,
                history,
                context_window=llm.context_window,
                max_tokens=llm.max_tokens,
                model=chat.llm.model,
            )
        except PromptBudgetError as error:
            work.warn(str(error))
            work.draft = self.extractive.answer(work.standalone, work.hits)
            work.status = "degraded"
            return None
        work.warnings += prompt.warnings
        return prompt

    def _quote(self, work: Work) -> Iterator[Event]:
        draft = work.draft or self.extractive.answer(work.standalone, work.hits)
        yield from stream_of(draft)
        yield Done(answer=self._from_draft(work, draft, self.extractive.name))

    def _degrade(self, work: Work, error: EndpointError) -> Answer:
        """The quoted answer in place of the model's, saying why."""
        work.degrade(error)
        draft = self.extractive.answer(work.standalone, work.hits)
        return self._from_draft(work, draft, self.extractive.name)

    def _from_draft(self, work: Work, draft: Draft, model: str) -> Answer:
        work.lap("generate")
        return work.finished(
            self.search.library,
            model=model,
            status="answered" if draft.answered else "not_in_library",
            text=text_of(draft),
            sentences=sentences_of(draft),
            citations=citations_of(draft),
        )

    def _check(self, work: Work, prompt: Prompt, generated: GeneratedText, usage: Usage) -> Answer:
        """Verify what the model wrote; a refusal, or nothing supported, refuses."""
        work.lap("generate")
        assert work.chat is not None
        work.warnings += work.chat.warnings
        model = work.chat.llm.model
        cost = self.prices.chat_cost(model, usage.prompt_tokens, usage.completion_tokens)
        common = {
            "model": model,
            "prompt_hash": prompt.prompt_hash,
            "usage": usage.model_copy(update={"cost_usd": cost}),
        }
        if is_refusal(generated.text) or not generated.text.strip():
            refusal = self.extractive.refuse(work.standalone, work.hits)
            return work.finished(
                self.search.library, status="not_in_library", text=refusal.heading, **common
            )
        checked = check_answer(
            without_sentinel(generated.text),
            generated.cited,
            prompt.papers,
            self.verifier,
            drop_unsupported=self.settings.answer.unsupported == "drop",
        )
        work.warnings += checked.reasons
        work.lap("verify")
        if not checked.citations:
            refusal = self.extractive.refuse(work.standalone, work.hits)
            work.warn("nothing the model wrote is supported by the library; it is not shown")
            return work.finished(
                self.search.library, status="not_in_library", text=refusal.heading, **common
            )
        return work.finished(
            self.search.library,
            status="answered",
            text=checked.text,
            sentences=checked.sentences,
            citations=checked.citations,
            **common,
        )

    def close(self) -> None:
        """Release connections and the library."""
        if self._chat is not None:
            self._chat.close()
        self.search.library.close()
