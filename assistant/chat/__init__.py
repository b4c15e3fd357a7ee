"""The chat page. `assistant.chat.server.launch` starts it; nothing on it leaves this machine.

Gradio reads its telemetry switches from the environment, so they are thrown here, which is before
any module of this package can import it.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
