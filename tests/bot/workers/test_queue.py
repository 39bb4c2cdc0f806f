"""What goes over the broker: one task, which takes a chat's id and nothing else."""

from __future__ import annotations

import logging

import pytest

from bot.play.redis import RedisServer
from bot.queue import LONGEST_TURN_SECONDS, PROCESS_EVENT, celery_app, listen

NOBODY = "redis://127.0.0.1:1/0"


def test_the_task_is_known_by_its_name() -> None:
    app, carried = celery_app(NOBODY), list[str]()
    listen(app, carried.append)
    assert app.tasks["process_event"].name == PROCESS_EVENT
    app.tasks[PROCESS_EVENT].apply(args=["a chat"])
    assert carried == ["a chat"]


@pytest.mark.parametrize(
    ("args", "kwargs"), [((), {}), (("a chat", "more"), {}), (("a chat",), {"priority": 1})]
)
def test_unknown_arguments_are_refused_before_they_are_sent(
    args: tuple[str, ...], kwargs: dict[str, object]
) -> None:
    app = celery_app(NOBODY)
    listen(app, lambda chat_id: None)
    with pytest.raises(TypeError):
        app.tasks[PROCESS_EVENT].apply_async(args, kwargs)


def test_a_message_is_kept_until_its_turn_is_done() -> None:
    conf = celery_app(NOBODY).conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert conf.broker_transport_options["visibility_timeout"] == LONGEST_TURN_SECONDS


def test_a_late_word_to_a_broker_that_is_gone_ends_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """As a worker meets it that loses its broker while it works."""
    with RedisServer() as redis:
        connection = celery_app(redis.url).connection_for_read()
        channel = connection.default_channel
        with connection.SimpleQueue("letters") as letters:
            letters.put({"chat": 1})
        message = channel.basic_get("letters")
        redis.stop(kill=True)
        connection.close()
        # What a consumer does before it connects anew.
        channel._disconnect_pools()
        message.ack_log_error(logging.getLogger("late"), connection.connection_errors)
        assert "Couldn't ack" in caplog.text
        with pytest.raises(connection.connection_errors):
            channel.qos.restore_unacked()
