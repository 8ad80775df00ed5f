"""What may be sent where: hostile addresses, resolvers that change their mind, servers that misbehave."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infrastructure import outbound
from infrastructure.outbound import LONGEST, Outbound, check, is_public, target_of
from schemas.errors import DependencyDown, InvalidRequest
from tests import receiver as receivers
from tests.effort import tries
from tests.receiver import certificate, receiver

NAME = "hooks.example.org"
TLS = ssl.create_default_context()
"""Made once: that takes longer than to use it."""
HOSTILE_IPS = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255"),
    *("127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.255", "168.63.129.16", "169.254.0.1", "169.254.169.254"),
    *("169.254.170.2", "169.254.169.253", "172.16.0.1", "172.17.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192"),
    *("192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::127.0.0.1"),
    *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::808:808", "64:ff9b:1::7f00:1"),
    *("100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
    *("2002:a9fe:a9fe::1", "2002:c0a8:1::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1"),
    *("fe80::a9fe:a9fe", "fec0::1", "ff02::1", "ff0e::1", "4000::1", "8000::1", "e000::1", "::2"),
)
PUBLIC_IPS = ("1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1")
# As a resolver of the system reads them: 127.0.0.1, or 169.254.169.254.
DISGUISES = (
    *("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0x7f.0x0.0x0.0x1"),
    *("2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "localhost", "localhost.", "LOCALHOST"),
    *("127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1", "0", "0x0"),
)
FORMS = (
    *(
        "",
        "x",
        "example.org",
        "//example.org/",
        "/hooks",
        "https:",
        "https:/",
        "https://",
        "https:///x",
        "https:example",
    ),
    *("http://example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:1"),
    *("data:text/plain,x", "unix:///run/x.sock", "ws://example.org/", "https+unix://x/", " https://example.org/"),
    *("https://user@example.org/", "https://user:password@example.org/", "https://@example.org/", "https://:@a.org/"),
    *("https://example.org@127.0.0.1/", "https://a@b@example.org/", "https://example.org\\@127.0.0.1/"),
    *("https://example.org/#", "https://example.org/#@127.0.0.1", "https://example.org/ x", "https://exa mple.org/"),
    *(
        "https://example.org\t/",
        "https://example.org\r\nHost: x/",
        "https://example.org/\x00",
        "https://exam\x7fple.org/",
    ),
    *("https://example.org:22/", "https://example.org:25/", "https://example.org:80/", "https://example.org:0/"),
    *("https://example.org:1023/", "https://example.org:65536/", "https://example.org:-1/", "https://example.org:x/"),
    *(
        "https://[::1/",
        "https://::1/",
        "https://[]/",
        "https://[1.2.3.4]/",
        "https://[fe80::1%25eth0]/",
        "https://[g::]/",
    ),
    *("https://%31%32%37.0.0.1/", "https://127.0.0.1%2f@example.org/", "https://example.org%00.a/", "https://a..org/"),
    *("https://.org/", "https://*.org/", "https://a,b/", "https://a;b/", "https://xn--/", "https://\ud800.org/"),
    *("https://-/" + "x" * LONGEST, "https://" + "a" * 300 + "\u200b.org/", "https://\u202eexample.org/"),
)


def no_resolver(host: str, port: int) -> Sequence[str]:
    raise AssertionError(f"{host} was resolved")


def to(*addresses: str) -> outbound.Resolve:
    return lambda *_: addresses


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"), NAME)


def _hostile() -> Iterator[str]:
    yield from FORMS
    for ip in HOSTILE_IPS:
        for port in ("", ":443", ":8443"):
            host = f"[{ip}]" if ":" in ip else ip
            yield f"https://{host}{port}/latest/meta-data"
    yield from (f"https://{name}/" for name in DISGUISES)


def test_there_are_hundreds() -> None:
    assert len(set(_hostile())) >= 250


@pytest.mark.parametrize("url", sorted(set(_hostile())), ids=ascii)
async def test_hostile_addresses_are_refused_in_words(url: str) -> None:
    """By the form, or by what the system's resolver makes of it; when it is named, and when something is sent."""
    sender = Outbound(tls=TLS)
    with pytest.raises((InvalidRequest, DependencyDown)) as refused:
        await sender.post(url, {}, b"{}")
    if not isinstance(refused.value, DependencyDown):
        assert str(refused.value).startswith("url: ")
        with pytest.raises(InvalidRequest):
            await sender.examine(url)
    else:  # some resolvers know no such spellings; then there is nobody to be sent to
        assert "has no address" in str(refused.value)
    sender.close()


@pytest.mark.parametrize("ip", HOSTILE_IPS)
async def test_a_name_that_leads_there_is_refused_even_beside_one_that_may_be(ip: str) -> None:
    for addresses in ((ip,), ("8.8.8.8", ip), (ip, "2606:4700::1111")):
        sender = Outbound(resolve=to(*addresses), tls=TLS)
        for asked in (sender.examine(f"https://{NAME}/"), sender.post(f"https://{NAME}/", {}, b"")):
            with pytest.raises(InvalidRequest, match="public internet"):
                await asked
        sender.close()


@pytest.mark.parametrize("ip", PUBLIC_IPS)
def test_public_addresses_are_not(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))
    assert check(ip, target_of(f"https://{NAME}/")) == ip


@settings(max_examples=tries(2000, 200))
@given(st.ip_addresses(v=4))
def test_no_address_of_ipv4_is_public_in_other_clothes(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    clothes = (
        number,
        number | 0xFFFF << 32,
        number | 0x64FF9B << 96,
        number << 80 | 0x2002 << 112,
        number | 0x5EFE << 32,
    )
    assert not any(is_public(ipaddress.IPv6Address(one)) for one in clothes)
    if is_public(ip):
        assert ip.is_global
        assert not any((ip.is_private, ip.is_multicast, ip.is_reserved, ip.is_loopback, ip.is_link_local))


@settings(max_examples=tries(2000, 200))
@given(st.ip_addresses(v=6))
def test_what_is_public_of_ipv6_is_unicast_and_global(ip: ipaddress.IPv6Address) -> None:
    if is_public(ip):
        assert ip.is_global
        assert ip.ipv4_mapped is None
        assert ip.sixtofour is None
        assert ip.teredo is None
        assert not any((ip.is_multicast, ip.is_reserved, ip.is_site_local, ip.is_link_local))


@settings(max_examples=tries(2000, 200))
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(max_size=60).map("https://{}".format),
        st.text("htps:/@[]#?%\\.0127x&\t", max_size=30).map("https://{}".format),
    )
)
def test_whatever_is_written_is_an_address_or_a_sentence(url: str) -> None:
    sentence, target = "", None
    try:
        target = target_of(url)
    except InvalidRequest as error:
        sentence = str(error)
    if target is None:
        assert sentence.startswith("url: ")
        return
    assert target.scheme == "https"
    assert target.port == 443 or target.port >= 1024
    assert target.path.startswith("/")
    assert target.path.isascii()
    assert target.path.isprintable()


async def test_a_name_is_resolved_once_and_its_address_is_connected_to_in_its_name(
    certificates: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    """Who answers with another address the second time is not asked a second time."""
    shown, believed = certificates
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    async with receiver(shown) as opened:
        port = target_of(opened.url, loopback=True).port
        sender = Outbound(loopback=True, resolve=lambda *_: answers.pop(0), tls=believed)
        assert await sender.post(f"https://{NAME}:{port}/films?a=b", {"x-y": "z"}, b"{}") == 200
        assert opened.names == [NAME]
        (got,) = opened.received
        assert (got.path, got.body, got.headers["x-y"], got.headers["host"]) == (
            "/films?a=b",
            b"{}",
            "z",
            f"{NAME}:{port}",
        )
        assert answers == [["169.254.169.254"]]
        with pytest.raises(InvalidRequest, match="public internet"):
            await sender.post(f"https://{NAME}:{port}/", {}, b"")
        sender.close()
    assert len(opened.received) == 1


async def test_a_certificate_of_another_name_or_of_nobody_is_not_believed(
    certificates: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    shown, believed = certificates
    async with receiver(shown) as opened:
        port = target_of(opened.url, loopback=True).port
        for name, tls in (("other.example.org", believed), (NAME, None)):
            sender = Outbound(loopback=True, resolve=to("127.0.0.1"), tls=tls)
            with pytest.raises(DependencyDown, match="certificate"):
                await sender.post(f"https://{name}:{port}/", {}, b"")
            sender.close()
    assert opened.received == []


async def test_an_address_that_nobody_listens_at_is_passed_over(
    certificates: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    shown, believed = certificates
    async with receiver(shown) as opened:
        port = target_of(opened.url, loopback=True).port
        sender = Outbound(loopback=True, resolve=to("127.9.9.9", "127.0.0.1"), tls=believed)
        assert await sender.post(f"https://{NAME}:{port}/", {}, b"") == 200
        sender.close()


async def test_this_machine_is_spoken_with_only_where_that_is_allowed() -> None:
    async with receiver() as opened:
        plain = Outbound(resolve=no_resolver)
        with pytest.raises(InvalidRequest, match="https"):
            await plain.post(opened.url, {}, b"")
        for url in (opened.url.replace("http:", "https:"), "https://[::1]:8443/"):
            with pytest.raises(InvalidRequest, match="public internet"):
                await plain.post(url, {}, b"")
        lab = Outbound(loopback=True, resolve=to("8.8.8.8"))
        assert await lab.post(opened.url, {}, b"") == 200
        with pytest.raises(InvalidRequest, match="public internet"):
            await lab.post("http://example.org/", {}, b"")
        with pytest.raises(InvalidRequest, match="public internet"):
            await lab.post("https://10.0.0.1/", {}, b"")
        plain.close()
        lab.close()


async def test_redirects_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")  # nor are proxies asked
    async with receiver() as opened, receiver() as other:
        opened.answers = [other.url]
        sender = Outbound(loopback=True)
        assert await sender.post(opened.url, {}, b"") == 307
        assert other.received == []
        sender.close()


@pytest.mark.parametrize("answer", [receivers.ENDLESS, receivers.TRICKLE])
async def test_a_body_without_end_is_not_read_to_it(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "DRAIN_S", 0.05)
    async with receiver() as opened:
        opened.answers = [answer]
        sender = Outbound(loopback=True)
        assert await sender.post(opened.url, {}, b"") == 200
        sender.close()


@pytest.mark.parametrize("answer", [receivers.HANG, receivers.GARBAGE, receivers.CLOSE, receivers.LONG_HEAD])
async def test_what_is_no_answer_is_said_to_be_none(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TIMEOUT_S", 0.5 if answer == receivers.HANG else 30.0)
    async with receiver() as opened:
        opened.answers = [answer]
        sender = Outbound(loopback=True)
        with pytest.raises(DependencyDown, match="^no answer"):
            await sender.post(opened.url, {}, b"")
        sender.close()


async def test_a_name_that_nobody_knows_yet_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(host: str, port: int) -> Sequence[str]:
        raise OSError("nobody knows")

    sender = Outbound(resolve=fails)
    await sender.examine(f"https://{NAME}/")
    with pytest.raises(DependencyDown, match="has no address"):
        await sender.post(f"https://{NAME}/", {}, b"")
    sender.close()
