"""The sentence encoder's states of each word piece, kept for texts that come again."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.embedding.encoder import OnnxEncoder

MAX_PIECES = 96
_KEPT = 2_000


@dataclass(frozen=True)
class Encoded:
    """Word pieces of one text: ids, states of shape (pieces, 384), and where each stands."""

    ids: npt.NDArray[np.int64]
    states: npt.NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]


class TokenStates:
    """Encodes a text by the given encoder, its first 96 word pieces; safe between threads."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.encoder = encoder
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, text: str) -> Encoded:
        """States of a text, from the latest ones kept where it is among them."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        made = self.encode(text)
        with self._lock:
            self._kept[text] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def encode(self, text: str) -> Encoded:
        """States of a text, computed anew."""
        encoding = self.encoder.tokenizer.encode(text)
        ids = np.asarray([encoding.ids[: MAX_PIECES - 1]], dtype=np.int64)
        if len(encoding.ids) >= MAX_PIECES:
            ids = np.append(ids, [[encoding.ids[-1]]], axis=1)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        wanted = {i.name for i in self.encoder.session.get_inputs()}
        given = {name: value for name, value in feeds.items() if name in wanted}
        states = self.encoder.session.run(None, given)[0][0]
        return Encoded(ids[0], states, tuple(encoding.offsets[: ids.shape[1]]))
