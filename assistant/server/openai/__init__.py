"""The library as a model that any client of OpenAI's chat completions can use.

Field names follow https://platform.openai.com/docs/api-reference/chat; `citations`, `status` and
`warnings` are added.
"""
