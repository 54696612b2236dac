"""Postfix, on the loopback alone, with a list of two people and their maildirs."""

import mailbox
import os
import subprocess

from served import free_port

MAIN = """\
compatibility_level = 3.6
queue_directory = {path}/queue
data_directory = {path}/data
maillog_file = {path}/maillog
maillog_file_prefixes = {path}
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.1
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = example.org
virtual_alias_maps = texthash:{path}/lists
virtual_mailbox_maps = texthash:{path}/people
virtual_mailbox_base = {path}/boxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
"""
SERVICES = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """`mails(person)` are what a person has."""

    def __init__(self, folder):
        self.path, self.port = folder / "postfix", free_port()

    def start(self):
        for name in ("queue", "data", "boxes"):
            (self.path / name).mkdir(parents=True)
        subprocess.run(["chown", "postfix", self.path / "data"], check=True)
        subprocess.run(["chown", "65534:65534", self.path / "boxes"], check=True)
        files = {
            "main.cf": MAIN.format(path=self.path),
            "master.cf": SERVICES.format(port=f"127.0.0.1:{self.port}"),
            "lists": "list@example.org anna@example.org, oleh@example.org\n",
            "people": "anna@example.org anna/\noleh@example.org oleh/\n",
        }
        for name, text in files.items():
            (self.path / name).write_text(text)
        self.run("start")

    def run(self, order):
        command = ["/usr/sbin/postfix", "-c", self.path, order]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"MAIL_CONFIG": ""})
        if done.returncode:
            raise AssertionError(f"postfix {order}: {done.stdout}{done.stderr}")

    def stop(self):
        if self.path.exists():
            self.run("stop")

    def mails(self, person):
        box = self.path / "boxes" / person
        return list(mailbox.Maildir(box, create=False)) if box.exists() else []
