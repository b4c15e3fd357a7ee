"""What a reader has seen of an answer whose writing had to begin again."""

from collections.abc import Iterable, Iterator

from assistant.answer import CitationFound, Event, TextDelta


class SeenText:
    """Passes on the events of one attempt after another, and nothing that was shown before.

    A new attempt mostly repeats the beginning that the reader has (temperature 0, a seed): it is
    shown from where it goes beyond that. One that departs from it shows nothing more; the checked
    answer at the end replaces all that was streamed.
    """

    def __init__(self) -> None:
        self._seen = ""
        self._announced: set[int] = set()
        self.begin()

    def begin(self) -> None:
        """Another attempt."""
        self._said = ""
        self._departed = False

    def new(self, events: Iterable[Event]) -> Iterator[Event]:
        """What of `events` the reader is to see."""
        for event in events:
            if isinstance(event, TextDelta):
                yield from self._beyond(event)
            elif isinstance(event, CitationFound) and self._is_new(event):
                self._announced.add(event.number)
                yield event

    def _is_new(self, found: CitationFound) -> bool:
        return not self._departed and found.number not in self._announced

    def _beyond(self, delta: TextDelta) -> Iterator[Event]:
        at = len(self._said)
        self._said += delta.text
        overlap = self._seen[at : at + len(delta.text)]
        self._departed = self._departed or not delta.text.startswith(overlap)
        if not self._departed and len(self._said) > len(self._seen):
            self._seen = self._said
            yield TextDelta(text=delta.text[len(overlap) :])
