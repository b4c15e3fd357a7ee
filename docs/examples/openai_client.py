"""A library as a model of the official OpenAI client; `paper-assistant serve` runs beside it.

python docs/examples/openai_client.py http://127.0.0.1:8008/v1
"""

import sys

from openai import OpenAI

client = OpenAI(base_url=sys.argv[1], api_key="the server's token, or anything without one")
question = {"role": "user", "content": "which papers replace MLPs with KANs?"}

print("model:", client.models.list().data[0].id)
reply = client.chat.completions.create(model="paper-assistant", messages=[question])
print(reply.choices[0].message.content)
for citation in reply.model_extra["citations"]:
    print(f"[{citation['number']}] rests on “{citation['quote']}”")

stream = client.chat.completions.create(
    model="paper-assistant",
    messages=[{"role": "user", "content": "What is the capital of France?"}],
    stream=True,
    stream_options={"include_usage": True},
)
for chunk in stream:
    for choice in chunk.choices:
        print(choice.delta.content or "", end="")
        if choice.finish_reason:
            print("\nstatus:", chunk.model_extra["status"])
    if chunk.usage:
        print("tokens:", chunk.usage.total_tokens)
