"""Certificate files are renewed while the phone runs."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import pytest
from cryptography import x509

from telephony.settings import TlsSettings
from telephony.sip.network.transport import TlsContexts
from tests.fakes.certificates import CertificateAuthority

PHONE = "phone.test.invalid"


def serial_shown(server: ssl.SSLContext | None, client: ssl.SSLContext) -> int:
    """Serial number of the certificate that the client received; SSLError if it is not trusted."""
    assert server is not None
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    near = client.wrap_bio(to_client, to_server, server_hostname=PHONE)
    far = server.wrap_bio(to_server, to_client, server_side=True)
    for _flight in range(4):
        for side in (near, far):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    shown = near.getpeercert(binary_form=True)
    assert shown is not None
    return x509.load_der_x509_certificate(shown).serial_number


def serial_of(file: str | None) -> int:
    assert file is not None
    return x509.load_pem_x509_certificate(Path(file).read_bytes()).serial_number


def changed_later(tls: TlsSettings, after_s: int) -> None:
    """Makes the files newer than the former ones, by more than the file system's resolution."""
    for file in (tls.ca_file, tls.certificate_file, tls.key_file):
        assert file is not None
        at_ns = os.stat(file).st_mtime_ns + after_s * 10**9
        os.utime(file, ns=(at_ns, at_ns))


def test_a_renewed_certificate_is_shown_from_the_next_connection_on(tmp_path: Path) -> None:
    authority = CertificateAuthority(tmp_path)
    tls = authority.issue(PHONE)
    phone, station = TlsContexts(tls), TlsContexts(TlsSettings(tls.ca_file))
    first = serial_of(tls.certificate_file)
    assert serial_shown(phone.server, station.client) == first
    server = phone.server
    assert phone.server is server  # an unchanged file is not read again

    changed_later(authority.issue(PHONE), 1)

    second = serial_of(tls.certificate_file)
    assert second != first
    assert serial_shown(phone.server, station.client) == second


def test_a_renewal_that_is_half_written_leaves_what_was_read(tmp_path: Path) -> None:
    authority = CertificateAuthority(tmp_path)
    tls = authority.issue(PHONE)
    phone, station = TlsContexts(tls), TlsContexts(TlsSettings(tls.ca_file))
    first = serial_of(tls.certificate_file)
    assert tls.certificate_file is not None
    Path(tls.certificate_file).write_bytes(b"-----BEGIN CERTIFICATE-----\n")
    assert serial_shown(phone.server, station.client) == first
    Path(tls.certificate_file).unlink()
    assert serial_shown(phone.server, station.client) == first

    changed_later(authority.issue(PHONE), 1)

    assert serial_shown(phone.server, station.client) == serial_of(tls.certificate_file)


def test_another_authority_is_trusted_in_place_of_the_former_one(tmp_path: Path) -> None:
    former = CertificateAuthority(tmp_path).issue(PHONE)
    station = TlsContexts(TlsSettings(former.ca_file))
    phone_of_before = TlsContexts(former).server
    assert serial_shown(phone_of_before, station.client) == serial_of(former.certificate_file)

    renewed = CertificateAuthority(tmp_path).issue(PHONE)
    changed_later(renewed, 1)

    phone = TlsContexts(renewed)
    assert serial_shown(phone.server, station.client) == serial_of(renewed.certificate_file)
    with pytest.raises(ssl.SSLCertVerificationError):
        serial_shown(phone_of_before, station.client)
