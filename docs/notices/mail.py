"""Takes notices and mails each change to a list: pip install standardwebhooks.

    SPOTKAJMY_NOTIFY_SECRET=… MAIL_FROM=desk@example.org MAIL_TO=list@example.org python3 mail.py 8091

MAIL_SERVER is 127.0.0.1:25 and MAIL_LANGUAGE pl where they are not set. A notice that comes again
has the Message-ID that it had, by which lists and mailboxes know it.
"""

import datetime
import email.message
import email.policy
import http.server
import json
import os
import smtplib
import sys

import standardwebhooks

KEY = standardwebhooks.Webhook(os.environ["SPOTKAJMY_NOTIFY_SECRET"])
SENDER, LIST = os.environ["MAIL_FROM"], os.environ["MAIL_TO"]
SERVER = os.environ.get("MAIL_SERVER", "127.0.0.1:25")
LANGUAGE = os.environ.get("MAIL_LANGUAGE", "pl")


def mails(notice, notice_id):
    domain = SENDER.rpartition("@")[2]
    for number, change in enumerate(notice["data"]["changes"]):
        mail = email.message.EmailMessage(email.policy.SMTP)
        mail["From"], mail["To"] = SENDER, LIST
        mail["Subject"] = change["subject"][LANGUAGE]
        mail["Date"] = datetime.datetime.fromisoformat(notice["timestamp"].replace("Z", "+00:00"))
        mail["Message-ID"] = f"<{notice_id}.{number}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # nobody's holiday answers it
        mail.set_content(change["body"][LANGUAGE], cte="quoted-printable")
        yield mail


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            KEY.verify(body, dict(self.headers))
        except standardwebhooks.WebhookVerificationError:
            self.answer(401)
            return
        try:
            with smtplib.SMTP(*SERVER.split(":"), timeout=5) as server:
                for mail in mails(json.loads(body), self.headers["webhook-id"]):
                    server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            print(f"not mailed: {error}", file=sys.stderr)
            self.answer(503)  # it comes again
            return
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
