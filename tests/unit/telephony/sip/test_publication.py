"""The publication of the operator's state on a clock that only the test moves (RFC 3903)."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from telephony.presence import GONE, Activity, Presence, PublicationState
from telephony.sip.effects import Datagram, PresenceUpdated
from telephony.sip.network.transport import TransportFault
from telephony.sip.presence import presence_document
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import REGISTRAR, AgentBench, reply

SECOND = Address("192.0.2.2", 5060)
READY = Presence(takes_calls=True)
TALKING = Presence(True, (Activity.ON_THE_PHONE,))
LUNCH = Presence(False, (Activity.AWAY, Activity.MEAL))
CHALLENGE = 'Proxy-Authenticate: Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'
OFF, WAITING, TOLD = PublicationState.OFF, PublicationState.WAITING, PublicationState.TOLD
FAILED, NOT_TAKEN = PublicationState.FAILED, PublicationState.NOT_TAKEN


class Bench(AgentBench):
    """A registered phone, whose registrar is also the presence server."""

    def __init__(self, *backup_servers: Address, expires_s: int = 300) -> None:
        super().__init__(account=True, expires_s=expires_s, backup_servers=backup_servers)
        self.take(self.agent.start(self.now_s))
        self.grant()

    def grant(self, server: Address = REGISTRAR) -> None:
        register = self.requests("REGISTER")[-1]
        contact = register.required("Contact")
        self.receive(reply(register, "200 OK", f"Contact: {contact};expires=86400"), server)

    def tell(self, presence: Presence | None) -> None:
        self.take(self.agent.set_presence(presence, self.now_s))

    @property
    def count(self) -> int:
        """Number of PUBLISH requests without retransmissions over UDP."""
        return len({request.sequence.number for request in self.requests("PUBLISH")})

    @property
    def last(self) -> Request:
        return self.requests("PUBLISH")[-1]

    @property
    def basic(self) -> str:
        root = ElementTree.fromstring(self.last.body)  # noqa: S314  # written by us
        return "".join(root.itertext())

    def answer(self, status: str, *headers: str, server: Address = REGISTRAR) -> None:
        self.receive(reply(self.last, status, *headers), server)

    def take_it(self, tag: str, expires_s: int = 300, server: Address = REGISTRAR) -> None:
        self.answer("200 OK", f"SIP-ETag: {tag}", f"Expires: {expires_s}", server=server)

    @property
    def states(self) -> list[tuple[PublicationState, Presence | None, int | None]]:
        return [(news.state, news.told, news.status_code) for news in self.all(PresenceUpdated)]

    def newest(self) -> tuple[PublicationState, Presence | None, int | None]:
        return self.states[-1]


def told(presence: Presence = READY) -> Bench:
    bench = Bench()
    bench.tell(presence)
    bench.take_it("one")
    return bench


def test_the_first_publication_says_all_and_counts_only_when_it_is_confirmed() -> None:
    bench = Bench()
    bench.tell(READY)
    first = bench.last
    assert (first.uri, first.required("Event"), first.required("Expires")) == (
        "sip:301@192.0.2.1",
        "presence",
        "300",
    )
    assert first.first("SIP-If-Match") is None
    assert first.content_type == "application/pidf+xml"
    assert bench.states == [(WAITING, None, None)]
    bench.take_it("one")
    assert bench.states[1:] == [(TOLD, READY, None)]


def test_nothing_is_published_before_the_telephone_system_knows_the_phone() -> None:
    bench = AgentBench(account=True)
    bench.take(bench.agent.start(bench.now_s))
    bench.take(bench.agent.set_presence(READY, bench.now_s))
    assert not bench.requests("PUBLISH")
    register = bench.requests("REGISTER")[-1]
    bench.receive(reply(register, "200 OK", "Expires: 300"), REGISTRAR)
    assert len(bench.requests("PUBLISH")) == 1


def test_nothing_is_published_without_a_telephone_system() -> None:
    bench = AgentBench()
    bench.take(bench.agent.set_presence(READY, bench.now_s))
    bench.advance(3600)
    assert not bench.effects


def test_credentials_are_given_when_they_are_asked_for() -> None:
    bench = Bench()
    bench.tell(READY)
    first = bench.last
    bench.answer("407 Proxy Authentication Required", CHALLENGE)
    second = bench.last
    assert 'username="301"' in second.required("Proxy-Authorization")
    assert second.sequence.number == first.sequence.number + 1
    assert second.body == first.body
    bench.take_it("one")
    assert bench.newest() == (TOLD, READY, None)


def test_a_refused_password_is_told_and_does_not_lock_the_account() -> None:
    bench = Bench()
    bench.tell(READY)
    for _ in range(2):
        bench.answer("407 Proxy Authentication Required", CHALLENGE)
    assert bench.newest() == (FAILED, None, 407)
    seen = bench.count
    for presence in (LUNCH, READY, TALKING):
        bench.tell(presence)
    bench.advance(8)
    assert bench.count == seen


def test_with_credentials_it_goes_into_one_datagram() -> None:
    bench = told()
    bench.tell(LUNCH)
    bench.answer("407 Proxy Authentication Required", CHALLENGE)
    assert "Proxy-Authorization" in dict(bench.last.headers)
    sent = bench.all(Datagram)[-1]
    assert (sent.destination.transport, sent.fallback) == ("udp", None)


def test_a_new_state_replaces_the_one_before_under_its_tag() -> None:
    bench = told()
    bench.tell(TALKING)
    assert bench.last.required("SIP-If-Match") == "one"
    assert b"on-the-phone" in bench.last.body
    bench.take_it("two")
    bench.tell(LUNCH)
    assert bench.last.required("SIP-If-Match") == "two"
    assert bench.basic == "closed"
    bench.take_it("three")
    assert [state for state in bench.states if state[0] is TOLD] == [
        (TOLD, READY, None),
        (TOLD, TALKING, None),
        (TOLD, LUNCH, None),
    ]


def test_one_publication_waits_for_the_answer_to_the_other_and_the_last_word_counts() -> None:
    bench = Bench()
    bench.tell(READY)
    for presence in (TALKING, READY, LUNCH):
        bench.tell(presence)
    assert bench.count == 1, "RFC 3903, section 4: one at a time"
    bench.take_it("one")
    assert bench.states == [(WAITING, None, None)], "what it knows is not what is so"
    assert bench.count == 2
    assert bench.basic == "closed"
    bench.take_it("two")
    bench.advance(1)
    assert bench.count == 2
    assert bench.newest() == (TOLD, LUNCH, None)


def test_it_is_refreshed_before_it_expires_without_being_said_again() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.take_it("one", expires_s=100)
    bench.advance(69)
    assert bench.count == 1
    bench.advance(2)
    assert bench.count == 2
    assert (bench.last.required("SIP-If-Match"), bench.last.body) == ("one", b"")
    assert bench.last.first("Content-Type") is None
    bench.take_it("two", expires_s=100)
    bench.advance(71)
    assert bench.last.required("SIP-If-Match") == "two"
    assert bench.states == [(WAITING, None, None), (TOLD, READY, None)]


def test_a_server_that_gives_no_tag_is_told_all_of_it_again_when_it_is_due() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("200 OK", "Expires: 100")
    bench.advance(1)
    assert bench.count == 1, "not without a pause"
    bench.advance(70)
    assert bench.count == 2
    assert bench.basic == "open"


@pytest.mark.parametrize("is_refresh", [True, False])
def test_a_server_that_forgot_the_tag_is_told_all_of_it_without_one(is_refresh: bool) -> None:
    bench = told(LUNCH)
    if is_refresh:
        bench.advance(211)
    else:
        bench.tell(READY)
    assert bench.last.required("SIP-If-Match") == "one"
    bench.answer("412 Conditional Request Failed")
    assert bench.last.first("SIP-If-Match") is None
    assert bench.basic == ("closed" if is_refresh else "open")
    bench.take_it("new")
    assert bench.newest()[0] is TOLD
    bench.tell(TALKING)
    assert bench.last.required("SIP-If-Match") == "new"


def test_412_to_a_publication_without_a_tag_is_not_repeated_at_once() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("412 Conditional Request Failed")
    assert bench.count == 1
    assert bench.newest() == (FAILED, None, 412)


def test_a_longer_time_is_asked_for_where_the_server_wants_one() -> None:
    bench = Bench(expires_s=20)
    bench.tell(READY)
    bench.answer("423 Interval Too Brief", "Min-Expires: 60")
    assert bench.last.required("Expires") == "60"
    bench.take_it("one", expires_s=60)
    bench.tell(LUNCH)
    assert bench.last.required("Expires") == "60"


def test_423_without_a_longer_time_is_a_refusal() -> None:
    bench = Bench(expires_s=60)
    bench.tell(READY)
    bench.answer("423 Interval Too Brief", "Min-Expires: 60")
    assert bench.count == 1
    assert bench.newest() == (FAILED, None, 423)


@pytest.mark.parametrize(
    "status", ["404 Not Found", "405 Not Allowed", "489 Bad Event", "501 Not Implemented"]
)
def test_a_system_that_takes_no_presence_is_told_of_once_and_hardly_asked(status: str) -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer(status)
    code = int(status[:3])
    assert bench.states == [(WAITING, None, None), (NOT_TAKEN, None, code)]
    for presence in (TALKING, LUNCH, READY) * 20:
        bench.tell(presence)
        bench.advance(30)
    bench.advance(1700)
    assert bench.count == 1
    bench.advance(101)
    assert bench.count == 2, "it may have learnt it meanwhile"
    bench.answer(status)
    assert bench.states == [(WAITING, None, None), (NOT_TAKEN, None, code)]


def test_who_signs_in_tries_a_system_without_presence_once_more() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("489 Bad Event")
    bench.tell(None)
    assert bench.newest() == (OFF, None, None)
    bench.tell(READY)
    assert bench.count == 2
    bench.take_it("one")
    assert bench.newest() == (TOLD, READY, None)


def test_a_person_may_ask_a_system_without_presence_again() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("489 Bad Event")
    bench.take(bench.agent.renew_registration(bench.now_s))
    assert bench.count == 1, "not before the registrar has answered"
    bench.grant()
    assert bench.count == 2


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("503 Service Unavailable", "Retry-After: 50")
    assert bench.newest() == (FAILED, None, 503)
    bench.advance(49)
    assert bench.count == 1
    bench.advance(2)
    assert bench.count == 2
    bench.take_it("one")
    assert bench.newest() == (TOLD, READY, None)


def test_a_server_that_sends_elsewhere_is_told_again_itself() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.answer("302 Moved Temporarily", "Contact: <sip:301@192.0.2.9>")
    assert bench.newest() == (FAILED, None, 302)
    bench.advance(3)
    assert bench.count == 2
    assert bench.all(Datagram)[-1].destination == REGISTRAR
    bench.take_it("one")
    assert bench.newest() == (TOLD, READY, None)


def test_a_silent_server_is_told_again() -> None:
    bench = Bench()
    bench.tell(READY)
    bench.advance(31)
    assert bench.states == [(WAITING, None, None)]
    bench.advance(3)
    assert bench.newest() == (FAILED, None, None)
    bench.advance(3)
    assert bench.count == 2
    bench.take_it("one")
    assert bench.newest() == (TOLD, READY, None)


def test_who_signs_out_is_closed_and_then_published_no_more() -> None:
    bench = told()
    bench.tell(None)
    assert bench.last.required("SIP-If-Match") == "one"
    assert bench.basic == "closed"
    bench.take_it("two")
    assert bench.last.required("SIP-If-Match") == "two"
    assert (bench.last.required("Expires"), bench.last.body) == ("0", b"")
    assert bench.newest()[0] is WAITING, "not before the server has confirmed it"
    bench.answer("200 OK", "Expires: 0")
    assert bench.newest() == (OFF, None, None)
    bench.advance(3600)
    assert bench.count == 3


def test_what_the_server_has_forgotten_need_not_be_taken_back() -> None:
    bench = told()
    bench.tell(None)
    bench.answer("412 Conditional Request Failed")
    assert bench.count == 2
    assert bench.newest() == (OFF, None, None)


def test_who_signs_in_again_during_the_leave_is_told_anew() -> None:
    bench = told()
    bench.tell(None)
    bench.take_it("two")
    bench.tell(READY)
    bench.answer("200 OK", "Expires: 0")
    assert bench.last.first("SIP-If-Match") is None
    bench.take_it("three")
    assert bench.newest() == (TOLD, READY, None)


def test_a_phone_that_stops_waits_for_its_leave_and_tries_it_once() -> None:
    bench = told()
    bench.take(bench.agent.stop(bench.now_s))
    register = bench.requests("REGISTER")[-1]
    bench.receive(reply(register, "200 OK"), REGISTRAR)
    assert not bench.agent.settled
    bench.take_it("two")
    assert not bench.agent.settled
    assert bench.last.required("Expires") == "0"
    bench.answer("200 OK", "Expires: 0")
    assert bench.agent.settled

    broken = told()
    broken.take(broken.agent.stop(broken.now_s))
    broken.receive(reply(broken.requests("REGISTER")[-1], "200 OK"), REGISTRAR)
    broken.answer("500 Server Error")
    assert broken.agent.settled
    broken.advance(600)
    assert broken.count == 2


def test_a_phone_that_stops_is_told_of_nothing_new() -> None:
    bench = told()
    bench.take(bench.agent.stop(bench.now_s))
    bench.tell(LUNCH)
    bench.take_it("two")
    assert (bench.last.required("Expires"), bench.last.body) == ("0", b"")
    bench.answer("200 OK", "Expires: 0")
    bench.advance(600)
    assert bench.count == 3


def lose(bench: Bench) -> None:
    """The registrar stops answering."""
    bench.take(bench.agent.refresh_registration(bench.now_s))
    bench.advance(9)


def test_it_is_told_anew_once_the_network_is_back() -> None:
    bench = told()
    lose(bench)
    assert bench.newest() == (WAITING, None, None)
    seen = bench.count
    bench.tell(LUNCH)
    assert bench.count == seen, "there is nobody to tell"
    bench.grant()
    assert bench.count == seen + 1
    assert bench.last.required("SIP-If-Match") == "one", "what it knew may still be there"
    bench.answer("412 Conditional Request Failed")
    assert bench.basic == "closed"
    bench.take_it("two")
    assert bench.newest() == (TOLD, LUNCH, None)


def test_a_broken_connection_to_the_server_has_it_told_anew() -> None:
    bench = told()
    fault = TransportFault.LOST
    bench.take(bench.agent.transport_failed(REGISTRAR, fault, bench.now_s))
    assert bench.count == 2
    assert bench.basic == "open"


def over_to_the_second(bench: Bench) -> None:
    bench.take(bench.agent.refresh_registration(bench.now_s))
    bench.advance(3)
    bench.grant(SECOND)


def test_the_registrar_that_stands_in_is_told_all_of_it() -> None:
    bench = Bench(SECOND)
    bench.tell(READY)
    bench.take_it("one")
    over_to_the_second(bench)
    assert bench.all(Datagram)[-1].destination == SECOND
    assert bench.last.required("SIP-If-Match") == "one", "the two may share what they know"
    bench.answer("412 Conditional Request Failed", server=SECOND)
    assert bench.last.first("SIP-If-Match") is None
    assert bench.basic == "open"
    bench.take_it("else", server=SECOND)
    bench.tell(LUNCH)
    assert bench.last.required("SIP-If-Match") == "else"
    bench.take_it("else2", server=SECOND)
    # the first server again, which still has the old state under its entity tag
    bench.take(bench.agent.refresh_registration(bench.now_s))
    bench.advance(3)
    bench.grant(REGISTRAR)
    assert bench.all(Datagram)[-1].destination == REGISTRAR
    assert bench.last.required("SIP-If-Match") == "one"
    assert bench.basic == "closed"


def test_registrars_that_share_what_they_know_have_one_publication() -> None:
    bench = Bench(SECOND)
    bench.tell(READY)
    bench.take_it("one")
    over_to_the_second(bench)
    bench.take_it("two", server=SECOND)
    bench.take(bench.agent.refresh_registration(bench.now_s))
    bench.advance(3)
    bench.grant(REGISTRAR)
    assert bench.last.required("SIP-If-Match") == "two"


def test_a_new_address_of_the_phone_has_it_told_anew() -> None:
    bench = told()
    contact = Uri("sip", "192.0.2.99", "301", 5070)
    bench.take(bench.agent.rebind(contact, bench.now_s))
    bench.grant()
    assert bench.count == 2


def test_the_document_has_the_words_of_pidf_and_rpid_and_nobodys_name() -> None:
    entity = Uri("sip", "192.0.2.1", "301")
    document = presence_document(LUNCH, entity, "a1")
    root = ElementTree.fromstring(document)  # noqa: S314  # written by us
    pidf, rpid = "{urn:ietf:params:xml:ns:pidf}", "{urn:ietf:params:xml:ns:pidf:rpid}"
    assert (root.tag, root.get("entity")) == (f"{pidf}presence", "sip:301@192.0.2.1")
    (basic,) = root.iter(f"{pidf}basic")
    assert basic.text == "closed"
    (activities,) = root.iter(f"{rpid}activities")
    assert [child.tag for child in activities] == [f"{rpid}away", f"{rpid}meal"]
    ids = [element.get("id") for element in root]
    assert len(set(ids)) == 2, "of tuple and person, unique in the document"
    assert b"activities" not in presence_document(GONE, entity, "a1")
