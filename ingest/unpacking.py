"""Gzip data unpacked as it is read, and no more of it than honest data gives.

A file of a few megabytes can unpack to terabytes (a gzip bomb). What was unpacked is held against
what was read for it; DEFLATE cannot shrink by more than 1032 to 1, and text rarely by 20 to 1.
"""

import gzip
import io
from typing import BinaryIO, cast

MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 16 << 20
"""Less than this may shrink by any ratio: a few megabytes of blanks do no harm."""


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes cannot honestly come of so many packed ones."""
    return unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1)


def unpacked(raw: BinaryIO) -> BinaryIO:
    """The unpacked bytes of a gzip stream; gzip.BadGzipFile once they are those of a bomb."""
    return cast(BinaryIO, io.BufferedReader(_Watched(raw)))


class _Watched(io.RawIOBase):
    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._file = gzip.GzipFile(fileobj=raw)
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self._unpacked += len(data)
        if is_bomb(self._unpacked, self._raw.tell()):
            raise gzip.BadGzipFile(
                f"unpacks to more than {MAX_RATIO} times its size, as only a bomb does"
            )
        return len(data)

    def close(self) -> None:
        self._file.close()
        self._raw.close()
        super().close()
