"""The recipes of docs/notices.md, against stand-ins on this machine."""

import hashlib
import hmac
import http.server
import json
import os
import email.header
import email.utils
import pathlib
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from delivery import AFTER, BEFORE, Server, begun
from postfix import Postfix
from served import Folder, free_port, require, wait_for
from sinks import SECRET

ROOT = pathlib.Path(__file__).parents[2]
RECEIVER = ROOT / "docs/notices/receiver.py"
# Apprise has no setting for another Telegram.
RUN_RECEIVER = """
import runpy, sys
from apprise.plugins.telegram import NotifyTelegram
NotifyTelegram.notify_url = sys.argv[1]
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
TELEGRAM = """
const Server = require("telegram-test-api");
const server = new Server({port: Number(process.argv[1])});
server.start().then(() => console.log("ready"));
server.on("AddedBotMessage", () => console.log(JSON.stringify(server.storage.botMessages)));
"""


class StandIn:
    """Answers anything with the JSON that `answer` gives for its path."""

    def __init__(self, answer):
        self.asked = []
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def reply(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                stand_in.asked.append((self.command, self.path, dict(self.headers), body))
                text = answer(self.path)
                text = text if isinstance(text, bytes) else json.dumps(text).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = reply

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def heard(self, path, words):
        """Whether somebody sent these words to a path that holds `path`."""
        return any(path in asked and words in body for _, asked, _, body in list(self.asked))


def telegram(port):
    environment = os.environ | {"NODE_PATH": f"{os.environ['PROGRAMS']}/node/node_modules"}
    child = subprocess.Popen(
        ["node", "-e", TELEGRAM, str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    require(child.stdout.readline() == "ready\n", "no stand-in for Telegram")
    return child


class Mailbox(Message):
    """Keeps what is mailed."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


class Receiver:
    """The receiver of the recipe as a sink."""

    def __init__(self, telegram_port, *carriers):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        environment = os.environ | {
            "SPOTKAJMY_NOTIFY_SECRET": SECRET, "RECEIVER_TO": " ".join(carriers),
        }  # fmt: skip
        telegram_url = f"http://127.0.0.1:{telegram_port}/bot"
        self.child = subprocess.Popen(
            [sys.executable, "-c", RUN_RECEIVER, telegram_url, str(RECEIVER), str(self.port)],
            env=environment,
        )


def carried(_):
    """A notice reaches Telegram, Mastodon, Matrix, ntfy and a mailbox by Apprise."""
    posts = StandIn(lambda path: {"id": "1", "username": "officer", "url": "https://example.org/1"})
    topics = StandIn(lambda path: {"id": "1"})
    rooms = StandIn(lambda path: {
        "versions": ["v1.1"], "user_id": "@officer:localhost", "access_token": "t", "device_id": "d",
        "home_server": "localhost", "room_id": "!r:localhost", "joined_rooms": [], "event_id": "$1",
    })  # fmt: skip
    mailbox, telegram_port = Mailbox(), free_port()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    children = [telegram(telegram_port)]
    receiver = Receiver(
        telegram_port,
        "tgram://123456789:AAExampleExampleExampleExampleExample/42",
        f"mastodon://token@127.0.0.1:{posts.port}",
        f"matrix://officer:password@127.0.0.1:{rooms.port}/!r:localhost",
        f"ntfy://127.0.0.1:{topics.port}/spotkania",
        f"mailto://127.0.0.1:{mail.port}?from=desk@example.org&to=list@example.org&mode=insecure",
    )
    children.append(receiver.child)
    try:
        with Folder() as folder:
            begun(folder, [receiver])
            with Server(folder, [receiver]) as program:
                wait_for("the receiver", lambda: refuses(receiver.url), 20)
                folder.write(AFTER)
                wait_for("the notice is noted", lambda: noted(folder), 30)
                require("notices to" not in program.readyz(), program.readyz())
        words = "11 marca 2090"
        telegram_heard = children[0].stdout.readline()
        require(words in telegram_heard, f"Telegram: {telegram_heard}")
        encoded = words.encode()
        require(posts.heard("/api/v1/statuses", encoded), f"Mastodon: {posts.asked}")
        require(rooms.heard("/send/m.room.message", encoded), f"Matrix: {rooms.asked}")
        require(topics.heard("/", encoded), f"ntfy: {topics.asked}")
        (mailed,) = mailbox.mails
        parts = [part.get_payload(decode=True) or b"" for part in mailed.walk()]
        require(any(encoded in part for part in parts), f"mail: {parts}")
    finally:
        mail.stop()
        for child in children:
            child.kill()
    return "Telegram, Mastodon, Matrix, ntfy and mail each had it"


class Mailer:
    """The mail recipe as a sink."""

    def __init__(self, port):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        environment = os.environ | {
            "SPOTKAJMY_NOTIFY_SECRET": SECRET, "MAIL_SERVER": f"127.0.0.1:{port}",
            "MAIL_FROM": "desk@example.org", "MAIL_TO": "list@example.org",
        }  # fmt: skip
        command = [sys.executable, str(ROOT / "docs/notices/mail.py"), str(self.port)]
        self.child = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def mailed(_):
    """A notice reaches whoever is on a list of Postfix, and a repeat has its Message-ID."""
    polish = [text.replace("Example café", "Źdźbło i Łąka – przykład") for text in (BEFORE, AFTER)]
    polish = [text.replace("title: Example,", "title: Przykład z ogonkami ąćęłńóśźż,") for text in polish]
    with Folder() as folder:
        postfix = Postfix(folder)
        mailer = Mailer(postfix.port)
        try:
            wait_for("the receiver", lambda: refuses(mailer.url), 20)
            begun(folder, [mailer], text=polish[0])
            notices = folder / "schedule.notices.jsonl"
            with Server(folder, [mailer]) as program:
                folder.write(polish[1])
                # Postfix is not up yet: the mail waits for it.
                wait_for("a word of it", lambda: "503" in program.readyz(), 15)
                postfix.start()
                wait_for("the notice is noted", lambda: noted(folder), 30)
            notice = next(json.loads(line)["notice"] for line in notices.open() if '{"notice"' in line)
            # A program that died before it noted the delivery sends it again.
            lines = notices.read_text().splitlines(keepends=True)
            notices.write_text("".join(line for line in lines if '{"fate"' not in line))
            with Server(folder, [mailer]):
                wait_for("the repeat is noted", lambda: noted(folder), 30)
            both = [wait_for(person, lambda: two(postfix.mails(person)), 15) for person in ("anna", "oleh")]
        finally:
            mailer.child.kill()
            postfix.stop()
    told = json.loads(notice["body"])
    change = told["data"]["changes"][0]
    for mails in both:
        require(len({mail["message-id"] for mail in mails}) == 1, "a repeat is another mail")
        for mail in mails:
            require(mail["subject"].isascii() and "ąćęłńóśźż" in subject(mail), mail["subject"])
            require(subject(mail) == change["subject"]["pl"], subject(mail))
            text = mail.get_payload(decode=True).decode(mail.get_content_charset())
            require(text.replace("\r\n", "\n") == change["body"]["pl"], text)
            require("Źdźbło i Łąka" in text and "Było: piątek, 10 marca" in text, text)
            date = email.utils.parsedate_to_datetime(mail["date"])
            require(date.strftime("%Y-%m-%dT%H:%M:%SZ") == told["timestamp"], mail["date"])
            require(notice["id"] in mail["message-id"], mail["message-id"])
            require(mail["to"] == "list@example.org" and mail["auto-submitted"], str(mail))
    return "two people of a list had it, a repeat with the same Message-ID"


def subject(mail):
    return str(email.header.make_header(email.header.decode_header(mail["subject"])))


def two(mails):
    return mails if len(mails) == 2 else None


def refuses(url):
    """The receiver is up, and takes nothing that is not signed."""
    request = urllib.request.Request(url, b"{}", method="POST")
    try:
        urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        return error.code == 401
    except urllib.error.URLError:
        return False


def noted(folder):
    return '"fate":"delivered"' in (folder / "schedule.notices.jsonl").read_text()


HUB = """
import sys
from celery import Celery
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
app = Flask("hub")
app.config["PUBLISH_SUPPORTED"] = True
hub = Hub(SQLite3HubStorage(sys.argv[2]), Celery(), **app.config)
hub.subscribe.app.conf.task_always_eager = True
app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
app.run(port=int(sys.argv[1]), threaded=True)
"""


def websub(_):
    """A subscriber of a WebSub hub has the changed Atom feed at once."""
    def challenge(path):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
        return query.get("hub.challenge", [""])[0].encode()

    subscriber, port = StandIn(challenge), free_port()
    hub = f"http://127.0.0.1:{port}/hub"
    with Folder() as folder:
        command = [sys.executable, "-c", HUB, str(port), str(folder / "hub.db")]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            folder.write(BEFORE)
            origin = f"http://127.0.0.1:{free_port()}"
            more = ["--hub", hub, "--public-url", origin, "--listen", origin.partition("//")[2]]
            with Server(folder, [], *more) as server:
                topic = f"{origin}/calendars/alfa.atom"
                form = {
                    "hub.mode": "subscribe", "hub.topic": topic, "hub.secret": "example",
                    "hub.callback": f"http://127.0.0.1:{subscriber.port}/",
                }  # fmt: skip
                wait_for("the hub", lambda: posted(hub, form), 15)
                wait_for("the intent is verified", lambda: subscriber.asked)
                folder.write(AFTER)
                sent = wait_for("the feed", lambda: [it for it in subscriber.asked if it[0] == "POST"])
                served = server.get("/calendars/alfa.atom")
                wait_for("the hub has all of it", lambda: "hub:" not in server.readyz())
        finally:
            child.kill()
    _, _, headers, body = sent[-1]
    require(body == served and b"11 marca 2090" in body, "another feed")
    method, signature = headers["X-Hub-Signature"].split("=")
    expected = hmac.new(b"example", body, getattr(hashlib, method)).hexdigest()
    require(signature == expected, "another signature")
    return f"{len(body)} octets of Atom, signed by the hub"


def posted(url, form):
    try:
        urllib.request.urlopen(url, urllib.parse.urlencode(form).encode())
        return True
    except urllib.error.URLError:
        return False


SCENARIOS = [carried, mailed, websub]
