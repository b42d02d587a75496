"""What waits goes out: at least once, in order, and nobody waits for a stranger's failure."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from kpbot import delivery
from kpbot.app import Clock
from kpbot.channels import NotSent
from kpbot.delivery import FIRST_WAIT, LONGEST_WAIT, TRIES, deliver_due, deliver_forever, next_try
from kpbot.model import Letter, Message, Outbound
from kpbot.store import outbox, tables
from kpbot.store.database import Database
from kpbot.store.outbox import LEASE, Waiting
from walk import NOW


class StandingClock(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> datetime:
        """The instant it was moved to."""
        return NOW + self.ahead


class Post:
    """A channel that keeps what arrived, by address, and fails as it is told."""

    def __init__(self, name: str = "web", *, repeats_show: bool = False) -> None:
        """Nothing arrived yet."""
        self.name = name
        self.repeats_show = repeats_show
        self.arrived: dict[str, list[str]] = defaultdict(list)
        self.failures: dict[str, list[Exception]] = {}
        """By text: what is raised at the first, second … send of it."""
        self.gates: dict[str, asyncio.Event] = {}
        """By text: what a send of it waits for."""
        self.began: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def send(self, address: str, message: Outbound | Letter) -> None:
        """The message is in `arrived`."""
        self.began[message.text].set()
        if message.text in self.gates:
            await self.gates[message.text].wait()
        if self.failures.get(message.text):
            raise self.failures[message.text].pop(0)
        self.arrived[address].append(message.text)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


def put(database: Database, address: str, *texts: str, channel: str = "web") -> None:
    for text in texts:
        message: Message = Outbound(channel, address, 1, "de", text)
        database.write(
            lambda c, each=message: outbox.put(
                c, each, channel=channel, address=address, conversation=None, at=NOW
            )
        )


@contextlib.asynccontextmanager
async def delivering(
    database: Database, clock: Clock, *posts: Post
) -> AsyncIterator[asyncio.Event]:
    """Messages are being delivered until the block ends; the event wakes the delivery.

    The pause is an hour: what arrives within a test arrives because of the waking.
    """
    wake = asyncio.Event()
    channels = {post.name: post for post in posts}
    task = asyncio.create_task(deliver_forever(database, channels, clock, wake, pause=3600))
    try:
        yield wake
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(post: Post, address: str, *texts: str) -> None:
    """Exactly these texts have arrived at the address."""
    async with asyncio.timeout(30):
        while post.arrived[address] != list(texts):  # noqa: ASYNC110 (no event to wait for)
            await asyncio.sleep(0.005)


# ── the decision ──


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (0, 2),
        (1, 2),
        (2, 4),
        (3, 8),
        (4, 16),
        (5, 32),
        (6, 64),
        (7, 128),
        (8, 256),
        (9, 512),
        (10, 1024),
        (11, 2048),
        (12, 3600),
        (13, 3600),
        (TRIES - 1, 3600),
    ],
)
def test_the_wait_doubles_from_two_seconds_to_an_hour(attempts: int, wait: int) -> None:
    assert next_try(attempts, NotSent("away"), NOW) == NOW + timedelta(seconds=wait)


@pytest.mark.parametrize("attempts", [TRIES, TRIES + 1, 10_000])
def test_nobody_tries_after_three_days(attempts: int) -> None:
    assert next_try(attempts, NotSent("away"), NOW) is None


def test_the_tries_take_three_days() -> None:
    waits = [next_try(each, NotSent("away"), NOW) for each in range(1, TRIES)]
    total = sum((each - NOW for each in waits if each), timedelta())
    assert timedelta(days=3) <= total < timedelta(days=3, hours=6)


@pytest.mark.parametrize("attempts", [1, 5, TRIES])
def test_what_can_never_arrive_is_not_tried_again(attempts: int) -> None:
    assert next_try(attempts, NotSent("blocked", never=True), NOW) is None


@pytest.mark.parametrize(
    ("attempts", "asked", "wait"),
    [(1, 1, 2), (1, 30, 30), (12, 30, 3600), (12, 7200, 7200)],
)
def test_a_wait_the_channel_asks_for_is_kept(attempts: int, asked: int, wait: int) -> None:
    failure = NotSent("slow_down", retry_after=timedelta(seconds=asked))
    assert next_try(attempts, failure, NOW) == NOW + timedelta(seconds=wait)


# ── in doubt ──


@pytest.mark.parametrize(
    ("repeats_show", "arrived", "state"), [(True, 1, "doubtful"), (False, 2, "sent")]
)
async def test_what_may_have_arrived_is_repeated_once_where_people_would_see_it_twice(
    database: Database, clock: StandingClock, *, repeats_show: bool, arrived: int, state: str
) -> None:
    post = Post(repeats_show=repeats_show)
    put(database, "anna", "hello")
    post.failures["hello"] = [NotSent("cut_off", doubtful=True) for _ in range(2)]
    for _ in range(4):
        await deliver_due(database, {"web": post}, clock)
        clock.ahead += timedelta(hours=1)
    tries = 2 - len(post.failures["hello"]) + len(post.arrived["anna"])
    row = database.read(lambda c: c.execute(sa.select(tables.outbox)).one())
    assert (tries, row.doubts, row.state) == (1 + arrived, 2, state)


async def test_who_died_twice_while_sending_leaves_a_message_in_doubt(
    database: Database, clock: StandingClock
) -> None:
    post = Post(repeats_show=True)
    put(database, "anna", "hello")
    for _ in range(2):  # leased by a process that is gone before it could say how it went
        database.write(lambda c: outbox.lease(c, ["web"], clock()))
        clock.ahead += outbox.LEASE
    assert await deliver_due(database, {"web": post}, clock) == 0
    row = database.read(lambda c: c.execute(sa.select(tables.outbox)).one())
    assert (row.state, row.doubts, post.arrived) == ("doubtful", 2, {})


# ── one round ──


async def test_everything_due_goes_out_each_address_in_order(
    database: Database, post: Post, clock: StandingClock
) -> None:
    for address in ("anna", "bilal"):
        put(database, address, "1", "2", "3")
    assert await deliver_due(database, {"web": post}, clock) == 6
    assert post.arrived == {"anna": ["1", "2", "3"], "bilal": ["1", "2", "3"]}
    assert await deliver_due(database, {"web": post}, clock) == 0


async def test_more_than_fit_into_one_lease_go_out_in_one_round(
    database: Database, post: Post, clock: StandingClock
) -> None:
    for number in range(3 * delivery.AT_ONCE):
        put(database, f"person-{number}", "1", "2")
    assert await deliver_due(database, {"web": post}, clock) == 6 * delivery.AT_ONCE
    assert set(map(tuple, post.arrived.values())) == {("1", "2")}


async def test_only_the_address_that_is_asked_for_gets_its_messages(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "1")
    put(database, "bilal", "2")
    assert await deliver_due(database, {"web": post}, clock, address="bilal") == 1
    assert post.arrived == {"bilal": ["2"]}


async def test_a_channel_that_is_not_there_keeps_its_messages(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "desk@example.org", "letter", channel="mail")
    assert await deliver_due(database, {"web": post}, clock) == 0
    assert database.read(outbox.waiting) == (1, NOW)


@pytest.mark.parametrize(
    "failure", [NotSent("away"), OSError("no network"), KeyError("a bug"), TimeoutError()], ids=repr
)
async def test_a_failed_message_is_tried_again_before_those_behind_it(
    database: Database, post: Post, clock: StandingClock, failure: Exception
) -> None:
    put(database, "anna", "first", "second")
    put(database, "bilal", "other")
    post.failures = {"first": [failure]}
    assert await deliver_due(database, {"web": post}, clock) == 1
    assert post.arrived == {"bilal": ["other"]}
    clock.ahead = FIRST_WAIT
    assert await deliver_due(database, {"web": post}, clock) == 2
    assert post.arrived["anna"] == ["first", "second"]


async def test_a_message_that_can_never_arrive_lets_the_next_go(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "never", "next")
    post.failures = {"never": [NotSent("blocked", never=True)]}
    assert await deliver_due(database, {"web": post}, clock) == 1
    assert post.arrived == {"anna": ["next"]}
    clock.ahead = timedelta(days=30)
    assert await deliver_due(database, {"web": post}, clock) == 0


async def test_a_message_that_always_fails_is_given_up_in_the_end(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "hopeless", "next")
    post.failures = {"hopeless": [NotSent("away") for _ in range(TRIES + 10)]}
    for _ in range(TRIES):
        await deliver_due(database, {"web": post}, clock)
        clock.ahead += LONGEST_WAIT
    assert post.arrived == {"anna": ["next"]}
    assert len(post.failures["hopeless"]) == 10
    assert database.read(outbox.waiting) == (0, None)


async def test_what_a_dead_process_had_leased_goes_out_after_the_lease(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "in hand", "behind")
    database.write(lambda c: outbox.lease(c, ["web"], NOW))  # and there the process died
    clock.ahead = LEASE - timedelta(seconds=1)
    assert await deliver_due(database, {"web": post}, clock) == 0
    clock.ahead = LEASE
    assert await deliver_due(database, {"web": post}, clock) == 2
    assert post.arrived == {"anna": ["in hand", "behind"]}


async def test_a_send_ends_before_its_lease_does(
    database: Database, post: Post, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert delivery.LONGEST_SEND < LEASE
    monkeypatch.setattr(delivery, "LONGEST_SEND", timedelta(milliseconds=1))
    post.gates = {"hangs": asyncio.Event()}
    put(database, "anna", "hangs")
    assert await deliver_due(database, {"web": post}, clock) == 0
    post.gates = {}
    clock.ahead = FIRST_WAIT
    assert await deliver_due(database, {"web": post}, clock) == 1


async def test_a_message_that_cannot_be_read_holds_up_nobody(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "spoilt", "next")
    put(database, "bilal", "other")
    spoil = outbox.outbox.update().where(outbox.outbox.c.id == 1).values(message={"type": "?"})
    database.write(lambda c: c.execute(spoil))
    assert await deliver_due(database, {"web": post}, clock) == 2
    assert post.arrived == {"anna": ["next"], "bilal": ["other"]}


# ── for ever ──


async def test_a_message_goes_out_at_once_when_the_delivery_is_woken(
    file_database: Database, post: Post, clock: StandingClock
) -> None:
    put(file_database, "anna", "at the start")
    async with delivering(file_database, clock, post) as wake:
        await until(post, "anna", "at the start")
        for number in range(3):
            put(file_database, "anna", f"later {number}")
            wake.set()
            await until(post, "anna", "at the start", *(f"later {n}" for n in range(number + 1)))


async def test_a_slow_send_holds_up_its_own_address_only(
    file_database: Database, post: Post, clock: StandingClock
) -> None:
    mail = Post("mail")
    mail.gates = {"slow": asyncio.Event()}
    post.gates = {"slow too": asyncio.Event()}
    put(file_database, "desk@example.org", "slow", "behind it", channel="mail")
    put(file_database, "anna", "slow too", "behind it")
    async with delivering(file_database, clock, post, mail) as wake:
        await mail.began["slow"].wait()
        await post.began["slow too"].wait()
        for number in range(3):
            put(file_database, "bilal", str(number))
            wake.set()
            await until(post, "bilal", *map(str, range(number + 1)))
        assert "anna" not in post.arrived
        mail.gates["slow"].set()
        post.gates["slow too"].set()
        await until(mail, "desk@example.org", "slow", "behind it")
        await until(post, "anna", "slow too", "behind it")


async def test_a_channel_that_hangs_for_many_leaves_room_for_the_others(
    file_database: Database, post: Post, clock: StandingClock
) -> None:
    mail = Post("mail")
    mail.gates = {"slow": asyncio.Event()}
    for number in range(3 * delivery.AT_ONCE):
        put(file_database, f"desk-{number}@example.org", "slow", channel="mail")
    async with delivering(file_database, clock, post, mail) as wake:
        await mail.began["slow"].wait()
        put(file_database, "anna", "quick")
        wake.set()
        await until(post, "anna", "quick")
        mail.gates["slow"].set()
        for number in range(3 * delivery.AT_ONCE):
            await until(mail, f"desk-{number}@example.org", "slow")


async def test_a_send_in_hand_is_finished_when_the_delivery_is_stopped(
    file_database: Database, post: Post, clock: StandingClock
) -> None:
    post.gates = {"in hand": asyncio.Event()}
    put(file_database, "anna", "in hand", "next")
    async with delivering(file_database, clock, post):
        await post.began["in hand"].wait()
        asyncio.get_running_loop().call_later(0.01, post.gates["in hand"].set)
    assert post.arrived == {"anna": ["in hand"]}
    assert file_database.read(outbox.waiting) == (1, NOW)


@pytest.fixture
def broken_then_well(file_database: Database) -> Database:
    """A database whose outbox is away at first."""
    file_database.write(lambda c: c.exec_driver_sql("ALTER TABLE outbox RENAME TO away"))
    return file_database


async def test_delivery_goes_on_after_the_store_was_away(
    broken_then_well: Database, post: Post, clock: StandingClock
) -> None:
    async with delivering(broken_then_well, clock, post) as wake:
        wake.set()
        await asyncio.sleep(0.01)
        broken_then_well.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO outbox"))
        put(broken_then_well, "anna", "back again")
        wake.set()
        await until(post, "anna", "back again")


@pytest.mark.parametrize(
    ("failures", "doubts", "state"),
    [
        ([NotSent("blocked", never=True)], 0, "failed"),
        ([NotSent("broken", doubtful=True)] * 2, 2, "doubtful"),
    ],
    ids=["blocked", "in doubt"],
)
async def test_what_is_given_up_is_told_once(
    database: Database, clock: StandingClock, failures: list[Exception], doubts: int, state: str
) -> None:
    post = Post(repeats_show=True)
    put(database, "anna", "lost", "next")
    post.failures = {"lost": list(failures)}
    told: list[tuple[int, str]] = []

    def tell(connection: sa.Connection, lost: Waiting, at: datetime) -> None:
        now = connection.execute(sa.select(tables.outbox.c.state).where(_is(lost))).scalar_one()
        assert at == clock()
        told.append((lost.doubts, now))

    for _ in failures:
        await deliver_due(database, {"web": post}, clock, given_up=tell)
        clock.ahead += FIRST_WAIT
    assert post.arrived == {"anna": ["next"]}
    assert told == [(doubts, state)]


async def test_what_nobody_could_be_told_of_is_not_given_up(
    database: Database, post: Post, clock: StandingClock
) -> None:
    put(database, "anna", "lost")
    post.failures = {"lost": [NotSent("blocked", never=True)]}

    def fail(_connection: sa.Connection, _lost: Waiting, _at: datetime) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        await deliver_due(database, {"web": post}, clock, given_up=fail)
    assert database.read(outbox.waiting)[0] == 1


def _is(lost: Waiting) -> sa.ColumnElement[bool]:
    return tables.outbox.c.id == lost.id
