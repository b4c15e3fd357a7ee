"""A model's answer as it streams: markers resolved, refusals held back."""

from collections.abc import Iterator

from assistant.answer import CitationFound, Event, TextDelta
from assistant.citations import MARKER, CitationParser, Marker, Piece
from assistant.llms.thoughts import without_thoughts
from assistant.prompting import Prompt
from assistant.refusal import could_be_refusal
from assistant.terminal_codes import WithoutEscapes
from ingest.paper import Paper
from ingest.text import visible


class GeneratedText:
    """Collects the pieces of one answer; `length` is that of all its text so far."""

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self._parser = CitationParser(len(prompt.papers))
        self._unescaped = WithoutEscapes()
        self._shown: list[str] = []
        self._held: list[Event] = []
        self._announced: set[int] = set()
        self._holding = True
        self.length = 0

    @property
    def text(self) -> str:
        """The answer written so far, markers as [n]."""
        return without_thoughts("".join(self._shown))

    @property
    def written(self) -> str:
        """The same with the prompt's own source numbers, as the model is to read it."""
        order = self._parser.order
        return MARKER.sub(lambda marker: f"[{order[int(marker[1]) - 1]}]", self.text)

    @property
    def cited(self) -> list[Paper]:
        """`cited[n - 1]` is the paper behind marker [n]."""
        return [self._prompt.papers[source - 1] for source in self._parser.order]

    def feed(self, chunk: str) -> list[Event]:
        """Take a chunk; returns what may be shown now. What cannot be seen is left out."""
        seen = visible(self._unescaped.feed(chunk))
        return self._release(list(self._events(self._parser.feed(seen))))

    def finish(self) -> list[Event]:
        """Take the end; what was held back as a possible refusal stays held."""
        return self._release(list(self._events(self._parser.finish())))

    def _events(self, pieces: list[Piece]) -> Iterator[Event]:
        for piece in pieces:
            self._shown.append(piece.text)
            self.length += len(piece.text)
            if isinstance(piece, Marker) and piece.number not in self._announced:
                self._announced.add(piece.number)
                paper = self._prompt.papers[piece.source - 1]
                yield CitationFound(number=piece.number, paper=paper)
            yield TextDelta(text=piece.text)

    def _release(self, events: list[Event]) -> list[Event]:
        self._held += events
        self._holding = self._holding and could_be_refusal(self.text)
        if self._holding:
            return []
        ready, self._held = self._held, []
        return ready
