import base64
import hashlib
import hmac
import re
import time

# Better kept outside of the code, in an environment variable.
SECRET = "whsec_REPLACE+THIS+WITH+THE+SECRET+OF+YOUR"
TOLERANCE_SECONDS = 300


# body: the raw bytes as they came. Flask: request.get_data(), Django: request.body
def is_signed(headers, body: bytes) -> bool:
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp) or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False

    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # Several while a secret is being replaced: one that fits is enough.
    entries = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(entry.encode(), expected) for entry in entries)
