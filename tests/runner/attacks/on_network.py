"""Attacks through sockets."""

from tests.runner.attacks.attack import Attack, denied, raises

ATTACKS: tuple[Attack, ...] = (
    denied("connect to a local port", "import socket; socket.create_connection(('127.0.0.1', PORT), 1)"),
    denied("send a datagram", "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT))"),
    denied("connect to a unix socket", "import socket; socket.socket(socket.AF_UNIX).connect(SOCKET)"),
    denied("connect to an abstract socket", "import socket; socket.socket(socket.AF_UNIX).connect('\\0pwned')"),
    denied("listen on a port", "import socket; socket.create_server(('127.0.0.1', 0))"),
    denied("talk to the kernel by netlink", "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
    denied("pair sockets of the internet", "import socket; socket.socketpair(socket.AF_INET)"),
    raises("download something", "urllib.error.URLError", "import urllib.request as u; u.urlopen('http://127.0.0.1')"),
    raises("resolve a name", "socket.gaierror", "import socket; socket.getaddrinfo('an-unknown-host.example', 80)"),
    denied(
        "work around the filter with io_uring", "libc.syscall(425, 1, ctypes.create_string_buffer(120)) < 0 and no()"
    ),
)
