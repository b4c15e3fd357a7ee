"""What stands before every request: headers, hosts, origins, rate, token and log, one a file.

All are plain ASGI middleware, so that streams pass through them piece by piece.
"""
