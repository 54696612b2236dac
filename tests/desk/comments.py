"""Each pair of files as ruamel.yaml reads it: every comment is still there but
those of what was taken away, and none is new."""

import collections
import json
import re
import sys

from ruamel.yaml import YAML
from ruamel.yaml.tokens import CommentToken


def comments(text):
    """The comments that the scanner of the round trip finds."""
    found = {}
    tokens = list(YAML(typ="rt").scan(text))
    waiting = [(token, token) for token in tokens]
    while waiting:
        holder, token = waiting.pop()
        if isinstance(token, (list, tuple)):
            waiting += [(holder, inner) for inner in token]
        elif isinstance(token, str):
            found[id(holder)] = [token]  # behind the sign of a block text
        elif isinstance(token, CommentToken):
            found[id(token)] = token.value.split("\n")  # some are held twice
        elif token is not None:
            waiting += [(token, getattr(token, "comment", None)), (token, getattr(token, "_comment", None))]
    lines = (line.strip() for lines in found.values() for line in lines)
    return collections.Counter(line for line in lines if line)


def main():
    for line in open(sys.argv[1], encoding="utf-8"):
        pair = json.loads(line)
        before, after = (pair[key].removeprefix("\ufeff").replace("\r\n", "\n") for key in ("before", "after"))
        had, has = comments(before), comments(after)
        # A key that is taken away takes the comment on its own line along.
        gone = [key for key, value in pair["keys"].items() if value is None]
        of_gone = rf"^ *(?:- )?(?:{'|'.join(gone)}): .*?(#.*)$"
        along = re.findall(of_gone, before, re.M) if pair["id"] and gone else []
        lost, new = had - has - collections.Counter(along), has - had
        assert not lost and not new, f"lost {dict(lost)}, new {dict(new)}:\n{before}\n=>\n{after}"


main()
