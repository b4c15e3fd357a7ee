"""How long a server asks its callers to wait before they come again."""

import email.utils
import re
import time
from collections.abc import Mapping


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds from `Retry-After`, a number or a date (RFC 9110, 10.2.3); None without a valid one.

    A date that has passed is 0.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
