"""Make quoted text safe to stand in a prompt: it cannot close its fence, cite, or change roles."""

import hashlib
import re
from collections.abc import Sequence

_SQUARE = re.compile(r"[\[［【]([^\[\]［］【】\n]{0,200})[\]］】]")
_CONTROL_TOKEN = re.compile(r"<(?=[^\s<>0-9=][^<>\n]{0,80}>)|<(?=\|)|(?<=\|)>")


def fence_for(texts: Sequence[str], digits: int = 12) -> str:
    """A mark that occurs in none of `texts`; lines that begin with it are the program's own.

    It is derived from the texts, so that equal prompts stay equal and no text can be written to
    contain it: a text that does gets another.
    Digits, since any twelve of them are equally many tokens.
    """
    seed = hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass"))
    while True:
        fence = f"=={int(seed.hexdigest(), 16) % 10**digits:0{digits}d}=="
        if not any(fence in text for text in texts):
            return fence
        seed.update(b"\0")


def defuse(text: str) -> str:
    """Rewrite what a model or this program could take for markup.

    Square brackets that hold a digit become braces, as an abstract's own "[9]" or "[1, 38]" would
    read as a number of ours, and so do `[INST]` and its like. The `<` of a tag or chat-template
    token such as `<|im_start|>` is set apart by a space, since some servers tokenise such a token
    even inside a message. The model reads this text; quotes come from the stored abstract.
    """
    text = _SQUARE.sub(lambda match: _braced(match[0], match[1]), text)
    return _CONTROL_TOKEN.sub(lambda match: "< " if match[0] == "<" else " >", text)


def _braced(whole: str, inner: str) -> str:
    return f"{{{inner}}}" if re.search(r"\d|/?INST", inner) else whole
