"""Which addresses are this machine's own."""

import ipaddress


def is_loopback(host: str) -> bool:
    """True for names and addresses of this machine only."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
