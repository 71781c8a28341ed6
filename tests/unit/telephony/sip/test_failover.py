"""Several registrars: failover from one that fails, and return to the preferred one."""

from __future__ import annotations

import pytest

from telephony.events import EndCause, RegistrationState
from telephony.sip.agent import UserAgent
from telephony.sip.core import Identity
from telephony.sip.effects import CallProgressing, CallTerminated, Datagram, RegistrationUpdated
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Address, NameAddress, Uri
from telephony.sip.syntax.message import Request, parse_message
from tests.fakes.sip_messages import NEAR, CountingIdentifiers
from tests.fakes.sip_registrar import PASSWORD, SimulatedNetwork, SimulatedRegistrar

FIRST = Address("192.0.2.1", 5060)
SECOND = Address("192.0.2.2", 5060)
THIRD = Address("192.0.2.3", 5070)
LOCAL = LocalMedia(NEAR.host, 4000)


class Servers:
    """A phone with several simulated registrars."""

    def __init__(
        self,
        *addresses: Address,
        keep_alive_s: int = 30,
        expires_s: int = 300,
        registers: bool = True,
    ) -> None:
        self.registrars = tuple(SimulatedRegistrar(address) for address in addresses)
        identity = Identity(
            NameAddress(Uri("sip", FIRST.host, "301")),
            Uri("sip", NEAR.host, "301", NEAR.port),
            addresses[0],
            Uri("sip", FIRST.host),
            "301",
            PASSWORD,
            expires_s,
            backup_servers=addresses[1:],
            keep_alive_s=keep_alive_s,
            registers=registers,
        )
        self.agent = UserAgent(identity, AgentLimits(), CountingIdentifiers())
        self.network = SimulatedNetwork(self.agent, self.registrars)

    def start(self) -> None:
        self.network.take(self.agent.start(self.network.now_s))
        self.wait(1)

    def wait(self, duration_s: float) -> None:
        self.network.run(self.network.now_s + duration_s)

    @property
    def last(self) -> RegistrationUpdated:
        return self.updates[-1]

    @property
    def updates(self) -> list[RegistrationUpdated]:
        return [item for _, item in self.network.effects if isinstance(item, RegistrationUpdated)]

    def in_use(self, place: int) -> bool:
        address = self.registrars[place].address
        expected = (RegistrationState.REGISTERED, f"{address.host}:{address.port}")
        return (self.last.state, self.last.server) == expected

    def dial(self, call_id: str) -> Address:
        """Returns the destination of a new call."""
        target = Uri("sip", FIRST.host, "302")
        effects = self.agent.call(call_id, target, LOCAL, self.network.now_s)
        self.network.take(effects)
        (datagram,) = (item for item in effects if isinstance(item, Datagram))
        return datagram.destination


def registers_at(servers: Servers, address: Address) -> list[float]:
    """Times at which a REGISTER was sent to the address."""
    return [
        at_s
        for at_s, effect in servers.network.effects
        if isinstance(effect, Datagram)
        and effect.data.startswith(b"REGISTER ")
        and effect.destination == address
    ]


@pytest.mark.parametrize("dies_after_s", [0.5, 1.5, 2.5, 3.5, 4.5, 100.0, 209.0])
def test_a_silent_server_is_left_within_ten_seconds(dies_after_s: float) -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    assert servers.in_use(0)
    assert servers.dial("one") == FIRST
    servers.wait(dies_after_s)
    servers.registrars[0].away = True
    servers.wait(9.5)
    assert servers.in_use(1)
    assert servers.registrars[1].bound(servers.network.now_s)
    assert servers.dial("two") == SECOND
    # No registration failure is reported if failover works.
    assert RegistrationState.FAILED not in {update.state for update in servers.updates}


@pytest.mark.parametrize("status", ["500 Server Internal Error", "503 Service Unavailable"])
def test_a_server_that_cannot_serve_is_left_at_once(status: str) -> None:
    servers = Servers(FIRST, SECOND)
    servers.registrars[0].status = status
    servers.start()
    assert servers.in_use(1)


def test_a_server_that_says_no_is_not_left_for_another() -> None:
    servers = Servers(FIRST, SECOND)
    servers.registrars[0].status = "404 Not Found"
    servers.start()
    servers.wait(30)
    assert (servers.last.state, servers.last.status_code) == (RegistrationState.FAILED, 404)
    assert servers.registrars[1].seen == []


def test_two_silent_servers_are_passed_over() -> None:
    servers = Servers(FIRST, SECOND, THIRD)
    servers.registrars[0].away = servers.registrars[1].away = True
    servers.start()
    servers.wait(5)
    assert servers.in_use(2)
    assert servers.last.server == "192.0.2.3:5070"


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("away_s", [20.0, 61.3, 600.0])
def test_whichever_comes_back_first_is_met_within_five_seconds(place: int, away_s: float) -> None:
    servers = Servers(FIRST, SECOND, THIRD)
    servers.start()
    for registrar in servers.registrars:
        registrar.away = True
    servers.wait(away_s)
    assert (servers.last.state, servers.last.status_code) == (RegistrationState.FAILED, None)
    servers.registrars[place].away = False
    servers.registrars[place].restart()
    servers.wait(5)
    assert servers.in_use(place)


def test_the_preferred_server_is_taken_again_after_it_has_answered_for_a_while() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(10)
    servers.registrars[0].away = False
    servers.wait(25)
    assert servers.in_use(1)
    servers.wait(30)
    assert servers.in_use(0)
    assert servers.dial("call") == FIRST


def test_a_server_that_comes_and_goes_is_trusted_less_each_time() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    moves = 0
    for _ in range(90):
        servers.registrars[0].away = not servers.registrars[0].away
        before = servers.last.server
        servers.wait(60)
        moves += servers.last.server != before
    assert moves <= 4


def test_the_return_waits_for_the_end_of_a_call() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(10)
    servers.dial("call")
    servers.registrars[0].away = False
    servers.wait(100)
    assert servers.in_use(1)
    servers.network.take(servers.agent.hang_up("call", servers.network.now_s))
    servers.wait(100)
    assert servers.in_use(0)


def test_a_preferred_server_that_answers_but_does_not_register_changes_nothing() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(10)
    servers.registrars[0].away = False
    servers.registrars[0].status = "403 Forbidden"
    for _ in range(1000):
        servers.wait(1)
        assert servers.in_use(1)
    assert 1 <= len(registers_at(servers, FIRST)) - 8 <= 10


def test_a_server_that_drops_options_is_asked_by_register() -> None:
    servers = Servers(FIRST, SECOND)
    servers.registrars[0].deaf = True
    servers.start()
    servers.wait(120)
    assert {update.server for update in servers.updates} == {"192.0.2.1:5060"}
    options = sum(method == "OPTIONS" for _, method in servers.registrars[0].seen)
    assert options <= 8
    servers.registrars[0].away = True
    servers.wait(40)
    assert servers.in_use(1)
    servers.registrars[0].away = False
    servers.wait(60)
    assert servers.in_use(0)


def test_a_server_that_wants_to_be_left_alone_is() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].status = "503 Busy\r\nRetry-After: 200"
    servers.wait(15)
    assert servers.in_use(1)
    asked = len(servers.registrars[0].seen)
    servers.wait(150)
    assert len(servers.registrars[0].seen) == asked
    servers.registrars[0].status = None
    servers.wait(100)
    assert servers.in_use(0)


def test_other_addresses_of_the_names_are_taken_over() -> None:
    servers = Servers(FIRST, SECOND, THIRD)
    servers.start()
    now_s = servers.network.now_s
    servers.network.take(servers.agent.use_servers((SECOND, FIRST), now_s))
    servers.wait(1)
    assert servers.in_use(0)
    servers.network.take(servers.agent.use_servers((THIRD, SECOND), servers.network.now_s))
    servers.wait(1)
    assert servers.in_use(2)


def test_a_server_that_is_no_longer_named_is_forgotten_whatever_it_answers() -> None:
    servers = Servers(FIRST, SECOND, THIRD)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(10)
    servers.registrars[0].away = False
    # Requests are sent, and servers are changed, while the names change.
    for _ in range(60):
        servers.wait(1.003)
        servers.network.take(servers.agent.use_servers((SECOND, THIRD), servers.network.now_s))
        servers.wait(0.01)
        assert servers.last.server != "192.0.2.1:5060"
        servers.network.take(
            servers.agent.use_servers((FIRST, SECOND, THIRD), servers.network.now_s)
        )
    servers.wait(60)
    assert servers.in_use(0)


def test_stop_leaves_every_server_that_still_knows_the_phone() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(10)
    servers.registrars[0].away = False
    servers.network.take(servers.agent.stop(servers.network.now_s))
    servers.wait(2)
    assert servers.agent.settled
    assert [registrar.bindings for registrar in servers.registrars] == [{}, {}]


def test_keep_alive_alternates_between_an_empty_datagram_and_options() -> None:
    servers = Servers(FIRST, keep_alive_s=30)
    servers.start()
    servers.wait(91)
    sent = [item for _, item in servers.network.effects if isinstance(item, Datagram)]
    pings = [item for item in sent if item.data == b"\r\n\r\n"]
    assert len(pings) == 3
    options = [item for item in sent if item.data.startswith(b"OPTIONS ")]
    assert len(options) == 3
    request = parse_message(options[0].data)
    assert isinstance(request, Request)
    assert request.uri == "sip:192.0.2.1:5060"


def test_no_keep_alive_where_it_is_not_wanted() -> None:
    servers = Servers(FIRST, SECOND, keep_alive_s=0)
    servers.start()
    servers.wait(100)
    assert {method for _, method in servers.registrars[0].seen} == {"REGISTER"}
    assert servers.registrars[1].seen == []


def test_a_lone_server_s_silence_between_registrations_is_noticed_and_its_return_too() -> None:
    servers = Servers(FIRST)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(45)
    assert servers.last.state is RegistrationState.FAILED
    servers.registrars[0].restart()
    servers.registrars[0].away = False
    servers.wait(5)
    assert servers.in_use(0)


def test_a_call_to_a_server_that_has_just_died_goes_through_the_next_one() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    assert servers.dial("call") == FIRST
    servers.wait(6)
    assert "INVITE" in [method for _, method in servers.registrars[1].seen]
    progress = [item for _, item in servers.network.effects if isinstance(item, CallProgressing)]
    assert [item.status_code for item in progress] == [180]
    servers.wait(60)
    assert servers.agent.is_live("call")


def test_a_call_refused_for_want_of_service_goes_through_the_next_server() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].status = "503 Service Unavailable"
    servers.dial("call")
    servers.wait(1)
    assert [method for _, method in servers.registrars[1].seen].count("INVITE") == 1
    assert servers.agent.is_live("call")


def test_a_call_that_the_living_server_refuses_is_over() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].no_calls = True
    servers.dial("call")
    servers.wait(1)
    (ended,) = [item for _, item in servers.network.effects if isinstance(item, CallTerminated)]
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, 503)
    assert servers.in_use(0)
    assert "INVITE" not in [method for _, method in servers.registrars[1].seen]


def test_a_call_given_up_while_another_server_is_sought_is_not_made() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    servers.registrars[0].away = True
    servers.dial("call")
    servers.wait(3)
    servers.network.take(servers.agent.hang_up("call", servers.network.now_s))
    servers.wait(10)
    assert servers.in_use(1)
    assert "INVITE" not in [method for _, method in servers.registrars[1].seen]


TCP_FIRST = Address("192.0.2.1", 5060, "tcp")
TCP_SECOND = Address("192.0.2.2", 5060, "tcp")


def test_a_lost_connection_is_made_anew_at_once_and_not_for_ever() -> None:
    servers = Servers(TCP_FIRST, TCP_SECOND)
    servers.start()
    servers.wait(60)
    before = len(registers_at(servers, TCP_FIRST))
    for _ in range(100):
        gone = servers.agent.transport_failed(TCP_FIRST, TransportFault.LOST, servers.network.now_s)
        servers.network.take(gone)
        servers.wait(0.6)
    assert 2 <= len(registers_at(servers, TCP_FIRST)) - before <= 8
    assert servers.in_use(0)


def test_a_refused_connection_is_a_failover_at_once() -> None:
    servers = Servers(TCP_FIRST, TCP_SECOND)
    servers.registrars[0].away = True
    servers.network.take(servers.agent.start(servers.network.now_s))
    refused = servers.agent.transport_failed(
        TCP_FIRST, TransportFault.REFUSED, servers.network.now_s
    )
    servers.network.take(refused)
    servers.wait(0.5)
    assert servers.in_use(1)


@pytest.mark.parametrize("away_s", [40.0, 61.3, 600.0])
def test_a_lone_server_behind_a_connection_is_met_within_five_seconds(away_s: float) -> None:
    servers = Servers(TCP_FIRST)
    servers.start()
    servers.registrars[0].away = True
    servers.wait(away_s)
    servers.registrars[0].restart()
    servers.registrars[0].away = False
    servers.wait(5)
    assert servers.in_use(0)


def test_nothing_is_left_behind_after_many_failovers() -> None:
    servers = Servers(FIRST, SECOND)
    servers.start()
    for _ in range(50):
        for registrar in servers.registrars:
            registrar.away = not registrar.away
            servers.wait(20)
    for registrar in servers.registrars:
        registrar.away = False
    servers.wait(60)
    servers.network.take(servers.agent.stop(servers.network.now_s))
    servers.wait(64)
    assert servers.agent.transactions == 0
    assert servers.agent.next_at() is None


# Accounts that do not register.


def ringing(servers: Servers) -> int:
    return sum(isinstance(item, CallProgressing) for _, item in servers.network.effects)


def test_a_call_goes_on_to_the_next_server_without_any_registration() -> None:
    servers = Servers(FIRST, SECOND, THIRD, registers=False)
    servers.registrars[0].away = True
    servers.registrars[1].no_calls = True
    assert servers.dial("one") == FIRST
    servers.wait(5)
    assert ringing(servers) == 1
    assert [registrar.seen[0][1] for registrar in servers.registrars[1:]] == ["INVITE", "INVITE"]
    # The result of the failover is cached; then the preferred server is tried again.
    assert servers.dial("two") == THIRD
    servers.registrars[0].away = False
    servers.wait(301)
    assert servers.dial("three") == FIRST


def test_a_transport_that_fails_is_as_good_as_silence() -> None:
    servers = Servers(FIRST, SECOND, registers=False)
    servers.registrars[0].away = True
    servers.dial("one")
    fault = TransportFault.REFUSED
    servers.network.take(servers.agent.transport_failed(FIRST, fault, servers.network.now_s))
    servers.wait(1)
    assert ringing(servers) == 1


def test_servers_that_all_refuse_get_the_call_once_each() -> None:
    servers = Servers(FIRST, SECOND, registers=False)
    for registrar in servers.registrars:
        registrar.no_calls = True
    servers.dial("one")
    servers.wait(20)
    assert [len(registrar.seen) for registrar in servers.registrars] == [2, 2], "INVITE and ACK"
    (ended,) = [item for _, item in servers.network.effects if isinstance(item, CallTerminated)]
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, 503)


def test_two_calls_that_meet_the_same_dead_server_go_to_the_same_next_one() -> None:
    servers = Servers(FIRST, SECOND, THIRD, registers=False)
    servers.registrars[0].away = True
    servers.dial("one")
    servers.dial("two")
    servers.wait(5)
    assert ringing(servers) == 2
    assert servers.registrars[2].seen == []


def test_other_addresses_of_the_servers_are_taken() -> None:
    servers = Servers(FIRST, registers=False)
    servers.network.take(servers.agent.use_servers((SECOND, THIRD), servers.network.now_s))
    assert servers.dial("one") == SECOND
