"""Which internet addresses may be reached."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from recruitcheck.sources.guard.public import is_public

PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.167.0.1
198.17.255.255 198.20.0.0 223.255.255.254 2606:4700:4700::1111 2a00:1450:4009::200e
2620:fe::fe 2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808
"""
CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1
192.31.196.1 192.52.193.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
224.0.0.1 233.252.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::808:808
100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1 3fff::1 5f00::1 fc00::1 fd12:3456::1
fe80::1 fe80::1%lo febf::1 fec0::1 ff02::1 ff0e::1 4000::1 8000::1 e000::1
"""


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_may_be_reached(address: str) -> None:
    """Addresses given out for public use, also behind NAT64 and in mapped form."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", CLOSED.split())
def test_a_closed_address_is_refused_in_every_wrapping(address: str) -> None:
    """Private, local, reserved, documentation, multicast, and all of them inside IPv6 forms."""
    assert not is_public(ip_address(address))
