"""Peak memory of this process, or of its children."""

import resource
import sys


def peak_mb(whose: int = resource.RUSAGE_SELF) -> float:
    """Most memory that was resident, in MB of 2^20 bytes; macOS counts bytes, Linux kilobytes.

    With `RUSAGE_CHILDREN`, that of the child process that took most.
    """
    most = resource.getrusage(whose).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
