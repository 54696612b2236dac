"""Takes notices and carries them on with Apprise: pip install apprise standardwebhooks.

    SPOTKAJMY_NOTIFY_SECRET=… RECEIVER_TO="ntfys://ntfy.sh/topic" python3 receiver.py 8090

RECEIVER_TO holds addresses as https://github.com/caronc/apprise/wiki has them, with blanks
between. What is not taken by all of them is answered 503, and so comes again: then each of
them gets it again, so run one receiver for each where that matters.
"""

import http.server
import json
import os
import sys

import apprise
import standardwebhooks

KEY = standardwebhooks.Webhook(os.environ["SPOTKAJMY_NOTIFY_SECRET"])
CARRIERS = apprise.Apprise()
for address in os.environ["RECEIVER_TO"].split():
    if not CARRIERS.add(address):
        sys.exit(f"Apprise does not understand {address.partition(':')[0]}://…")


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            KEY.verify(body, dict(self.headers))
        except standardwebhooks.WebhookVerificationError:
            self.answer(401)
            return
        notice = json.loads(body)
        taken = CARRIERS.notify(title=notice["title"], body=notice["body"])
        self.answer(204 if taken else 503)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
