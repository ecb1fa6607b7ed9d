"""A small OpenID provider on this machine: code flow with PKCE, as a council's would have it."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "flsf", "kept-between-us"


@dataclass
class Provider:
    """Whoever is at the council's keyboard signs in as `person`; None: they cancel."""

    person: dict | None = None
    asked: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    address: str = ""

    def configuration(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, query):
        """Where the browser is sent back to."""
        self.asked.append(query)
        if self.person is None:
            told = {"error": "access_denied", "state": query["state"]}
        else:
            code = secrets.token_urlsafe(12)
            self.codes[code] = query
            told = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def token(self, form):
        """The tokens, once for each code, to whoever knows our secret and began it."""
        asked = self.codes.pop(form.get("code"), None)
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or not known or _challenge(form) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now, access = int(time.time()), secrets.token_urlsafe(12)
        self.tokens[access] = self.person
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        signed = jwt.encode(claims | self.person, "x" * 32, algorithm="HS256")
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": signed}


def _challenge(form):
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@contextmanager
def running():
    """A provider that answers for as long as the block lasts."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            if asked.path == "/.well-known/openid-configuration":
                return self.tell(200, provider.configuration())
            if asked.path == "/authorize":
                query = {name: one for name, [one] in parse_qs(asked.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                return self.end_headers()
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if asked.path == "/userinfo" and bearer in provider.tokens:
                return self.tell(200, provider.tokens[bearer])
            return self.tell(404, {})

        def do_POST(self):
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            return self.tell(*provider.token({name: one for name, [one] in parse_qs(sent).items()}))

        def tell(self, status, told):
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
