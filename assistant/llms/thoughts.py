"""What a reasoning model thinks aloud in its reply is cut out of the stream.

Servers without a parser for it (vLLM without `--reasoning-parser`, llama.cpp, Ollama) pass on
`<think>...</think>` as part of the answer. Nobody checks thoughts, so nobody is shown them. The
same words further on in a text are text.
"""

import re

_TAGS = ("think", "thinking", "thought", "reasoning")
_OPENINGS = {f"<{tag}>": f"</{tag}>" for tag in _TAGS} | {"[THINK]": "[/THINK]"}
_LONGEST = max(map(len, _OPENINGS))
_LONE_END = re.compile(rf"\A.*?(?:</(?:{'|'.join(_TAGS)})>|\[/THINK\])[ \t]*\n\s*", re.DOTALL)


class Thoughts:
    """Feed it the pieces of one reply; it gives back those of the answer.

    `open` says that the reply is still thinking, or ended that way.
    """

    def __init__(self) -> None:
        self._held = ""
        self._beginning = True
        self._closing = ""
        self._thought = False

    @property
    def open(self) -> bool:
        """Whether a thought was begun and not ended."""
        return bool(self._closing)

    def feed(self, piece: str) -> str:
        """The part of `piece`, and of what was held back, that belongs to the answer."""
        if not self._beginning:
            return piece
        self._held += piece
        if self._closing:
            return self._after_closing()
        begun = self._held.lstrip()
        for opening, closing in _OPENINGS.items():
            if begun.startswith(opening):
                self._held, self._closing = begun[len(opening) :], closing
                return self._after_closing()
        if any(opening.startswith(begun[:_LONGEST]) for opening in _OPENINGS):
            return ""
        return self.finish()

    def finish(self) -> str:
        """What was held back and is no thought, at the end of the reply."""
        if self._closing:
            return ""
        held, self._held, self._beginning = self._held, "", False
        return held.lstrip() if self._thought else held

    def _after_closing(self) -> str:
        thought, closed, rest = self._held.partition(self._closing)
        if not closed:
            self._held = thought[-len(self._closing) :]
            return ""
        self._held, self._closing, self._thought = "", "", True
        return self.feed(rest)


def without_thoughts(text: str) -> str:
    """A whole reply without a thought whose beginning stood in the prompt's template."""
    return _LONE_END.sub("", text)
