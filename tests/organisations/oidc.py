"""A small OpenID Connect provider on this machine, honest unless a test asks for a lie."""

import base64
import hashlib
import json
import secrets
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from alongside.foundation import clock

CLIENT, SECRET = "alongside-at-northgate", "a secret: with %-signs and ümlauts"
_KEY, _OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "2026", "use": "sig"}, auto_kid=False) for _time in range(2))


class Provider:
    """Who signs in there, and how its answers lie: change the fields."""

    def __init__(self, url: str) -> None:
        self.issuer = url
        self.subject, self.address, self.verified = "ben-4711", "ben@northgate.example", True
        self.claims: dict[str, object] = {}
        self.description: dict[str, object] = {}
        self.left_out: set[str] = set()
        self.key, self.algorithm = _KEY, "RS256"
        self.slow = 0.0
        self.redirects = ""
        self.asked: dict[str, dict[str, str]] = {}
        self.paths: list[str] = []

    def described(self) -> dict[str, object]:
        """Its description."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.description

    def signs_in(self, url: str) -> str:
        """Somebody follows our link there and signs in: the path of ours to which they are sent back."""
        asked = {name: said[0] for name, said in parse_qs(urlsplit(url).query).items()}
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        back = urlsplit(asked["redirect_uri"]).path
        return f"{back}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> tuple[int, dict[str, object]]:
        """What it answers to a code: a token, once, to whoever began with the matching challenge."""
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self.asked.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != given["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
            "email": self.address, "email_verified": self.verified,
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if name not in self.left_out}
        if self.algorithm == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b'=').decode()}."
        return jwt.encode({"alg": self.algorithm, "kid": "2026"}, claims, self.key, algorithms=[self.algorithm])


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        held: Provider = self.server.provider
        held.paths.append(self.path)
        sleep(held.slow)
        if held.redirects:
            self.send_response(302)
            self.send_header("Location", held.redirects)
            self.end_headers()
        elif self.path.endswith("/.well-known/openid-configuration"):
            self._say(200, held.described())
        elif self.path == "/keys":
            self._say(200, {"keys": [_KEY.as_dict(private=False)]})
        else:
            self._say(404, {})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        given = {name: said[0] for name, said in parse_qs(self.rfile.read(length).decode()).items()}
        self._say(*self.server.provider.token(given))

    def _say(self, status: int, what: dict[str, object]) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Says nothing."""


@contextmanager
def running():
    """The provider, while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def other_key() -> RSAKey:
    """A key that the provider does not publish."""
    return _OTHER_KEY
