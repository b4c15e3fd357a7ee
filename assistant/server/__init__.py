"""The HTTP server: the library's own interface, and OpenAI's.

`assistant.server.app.create_app` makes the application, `assistant.server.serving.ApiServer` runs
it. It answers on this machine only unless it has a token.
"""
