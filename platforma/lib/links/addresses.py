"""Which network addresses a program of ours may speak to: those of the public internet only.

A name is resolved once, every answer is judged, and the connection goes to an answer that was judged: a name
that answers differently a moment later (DNS rebinding) changes nothing.
"""

import ipaddress
import socket

NAT64 = ipaddress.ip_network("64:ff9b::/96")
SPECIAL = [  # in IANA's registries of special purposes; older releases of Python take them for global
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "3fff::/20", "5f00::/16")
]


class ForbiddenAddress(Exception):
    """The address leads somewhere a public link has no business to lead."""


def public_addresses(host: str, port: int) -> list[tuple[int, tuple]]:
    """Return the `(family, socket address)` pairs of `host`, which may be a literal in any notation.

    One private answer among public ones is refused too. Raises ForbiddenAddress; socket.gaierror where the
    name is unknown.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _family, _type, _protocol, _name, target in found:
        if not is_public(target[0]):
            raise ForbiddenAddress(f"{host} → {target[0]}")
    return list(dict.fromkeys((family, target) for family, _type, _protocol, _name, target in found))


def is_public(text: str) -> bool:
    """Tell whether an IPv4 or IPv6 address, and any IPv4 address wrapped in it, is globally routable."""
    address = ipaddress.ip_address(text.split("%")[0])
    if address.version == 6 and (inner := _wrapped(address)) is not None:
        return is_public(str(inner))
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _wrapped(address):
    """Return the IPv4 address that a mapped, 6to4, Teredo or NAT64 address leads to, if it is one."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo and address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or teredo
