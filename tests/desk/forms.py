"""The desk driven as a browser without a script drives it: pages are asked
for, forms are sent as they stand, with a few fields changed."""

import html.parser
import http.client
import urllib.parse


class _Forms(html.parser.HTMLParser):
    """The fields of the last form of a page, as they stand."""

    def __init__(self):
        super().__init__()
        self.fields = []
        self.area = None

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.fields = []
        elif tag == "input" and (has.get("type") != "checkbox" or "checked" in has):
            self.fields.append([has["name"], has.get("value", "")])
        elif tag in ("textarea", "select"):
            self.area = tag == "textarea"
            self.fields.append([has["name"], ""])
        elif tag == "option" and "selected" in has:
            self.fields[-1][1] = has["value"]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.fields[-1][1] += data


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.location = response.headers.get("location", "")
        self.text = response.read().decode()

    def fields(self):
        parser = _Forms()
        parser.feed(self.text)
        return {name: value for name, value in parser.fields}


class Desk:
    """The desk whose first page is at `url`; `headers` go with every request.
    `connect` opens a connection where the address alone does not say how."""

    def __init__(self, url, headers=None, connect=None):
        self.url = urllib.parse.urlsplit(url)
        self.headers = headers or {}
        self.connect = connect or (lambda: http.client.HTTPConnection(self.url.netloc, timeout=20))

    def send(self, method, path, body=None, **headers):
        connection = self.connect()
        told = {"Host": self.url.netloc, **self.headers, **headers}
        try:
            connection.request(method, self.url.path + path, body, told)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def submit(self, page, path, changes, **headers):
        """Sends the form of `page`, with these fields changed."""
        body = urllib.parse.urlencode({**page.fields(), **changes})
        told = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"{self.url.scheme}://{self.url.netloc}"}
        return self.send("POST", path, body, **{**told, **headers})
