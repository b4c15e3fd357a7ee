"""Peak memory of this process."""

import resource
import sys


def peak_mb() -> float:
    """Most memory that was resident, in MB of 2^20 bytes; macOS counts bytes, Linux kilobytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
