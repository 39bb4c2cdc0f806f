"""Asking for things over HTTP: what a program sends, and what the family then has."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from scheduling.messages import ChatAddress
from scheduling.ports import Chat
from tests.bot.http.api.api_home import NOW, Home, rivera

SOCCER = "soccer practice Saturday 2pm, Mia, need the car"


async def test_a_message_is_accepted_and_done(home: Home) -> None:
    anna = await home.token("write")
    answer = await home.client.post("/events", json={"message": SOCCER}, headers=anna)
    assert answer.status_code == 202
    body = answer.json()
    assert set(body) == {"status", "task_id", "status_url"}
    assert body["status"] == "processing"
    assert body["status_url"] == f"/tasks/{body['task_id']}"
    waiting = (await home.client.get(body["status_url"], headers=anna)).json()
    assert (waiting["status"], waiting["result"]) in (("pending", None), ("processing", None))
    task = await home.done(anna, answer)
    assert task["status"] == "complete"
    result = task["result"]
    assert result["message"].startswith("Event confirmed!")
    assert "Sat 7 Mar, 2:00–3:00 PM" in result["message"]
    assert result["event_id"] == result["event"]["id"]
    assert result["event"]["title"] == "soccer practice"
    assert result["event"]["start"] == "2026-03-07T14:00:00"
    assert result["event"]["resources"] == [str(home.household.resources[0].id)]
    assert {"nl_parser", "commit"} <= {step["agent"] for step in result["workflow_steps"]}
    assert result["conflicts"] == result["proposed_resolutions"] == []
    listed = await home.client.get("/events", params={"from": "2026-03-07T00:00:00Z"}, headers=anna)
    (found,) = listed.json()["occurrences"]
    assert (found["event_id"], found["start"]) == (result["event_id"], "2026-03-07T19:00:00Z")


async def test_a_clash_waits_for_a_decision(home: Home) -> None:
    anna = await home.token()
    await home.ask(anna, message=SOCCER)
    task = await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
    assert task["status"] == "awaiting_user"
    result = task["result"]
    assert [c["type"] for c in result["conflicts"]] == ["resource"]
    assert result["proposed_resolutions"]
    assert result["event_id"] is None
    url = f"{task['status_url']}/decision"
    first = result["proposed_resolutions"][0]["option"]
    decided = await home.client.post(url, json={"option": first}, headers=anna)
    done = await home.done(anna, decided)
    assert done["status"] == "complete"
    assert done["result"]["message"].startswith("Event confirmed!")
    again = await home.client.post(url, json={"option": first}, headers=anna)
    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_decision_may_reject(home: Home) -> None:
    anna = await home.token()
    await home.ask(anna, message=SOCCER)
    task = await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
    url = f"{task['status_url']}/decision"
    done = await home.done(anna, await home.client.post(url, json={"reject": True}, headers=anna))
    assert (done["status"], done["result"]["event_id"]) == ("complete", None)
    beyond = await home.client.post(url, json={"option": 99}, headers=anna)
    assert beyond.status_code == 409


async def test_a_question_is_answered_in_words(home: Home) -> None:
    anna = await home.token()
    task = await home.ask(anna, message="book the dentist for Mia")
    assert task["status"] == "awaiting_user"
    url = f"{task['status_url']}/decision"
    answered = await home.client.post(url, json={"answer": "Friday at 3pm"}, headers=anna)
    done = await home.done(anna, answered)
    assert done["status"] == "complete"
    assert done["result"]["event"]["start"] == "2026-03-06T15:00:00"


async def test_a_child_decides_nothing(home: Home) -> None:
    anna, mia = await home.token(), await home.token("admin", "Mia")
    await home.ask(anna, message=SOCCER)
    task = await home.ask(mia, message="party Saturday 2:30pm, Mia")
    assert task["status"] == "awaiting_user"
    url = f"{task['status_url']}/decision"
    refused = await home.client.post(url, json={"option": 0}, headers=mia)
    assert refused.status_code == 409
    assert "parent" in refused.json()["detail"]


async def test_an_event_by_its_fields(home: Home) -> None:
    anna = await home.token("write")
    event = {
        "title": "piano",
        "day": "2026-03-06",
        "start": "16:00",
        "end": "16:45",
        "members": [str(home.member("Mia"))],
        "repeats": "FREQ=WEEKLY",
    }
    task = await home.ask(anna, event=event)
    booked = task["result"]["event"]
    assert (booked["title"], booked["rrule"], booked["duration_minutes"]) == (
        "piano",
        "FREQ=WEEKLY",
        45,
    )
    url = f"/events/{booked['id']}"
    assert (await home.client.get(url, headers=anna)).json() == booked
    moved = await home.client.patch(
        url, json={"start": "17:00", "end": "17:45"}, params={"scope": "series"}, headers=anna
    )
    task = await home.done(anna, moved)
    if task["status"] == "awaiting_user":
        choice = {"option": 0}
        decided = await home.client.post(
            f"{task['status_url']}/decision", json=choice, headers=anna
        )
        task = await home.done(anna, decided)
    assert task["result"]["event"]["start"] == "2026-03-06T17:00:00"


async def test_one_occurrence_goes_at_once_and_a_series_is_asked_about(home: Home) -> None:
    anna = await home.token("write")
    await home.ask(anna, message="piano for Mia every Friday 4pm")
    listed = (await home.client.get("/events", headers=anna)).json()["occurrences"]
    url = f"/events/{listed[0]['event_id']}"
    gone = await home.client.delete(url, params={"scope": "one"}, headers=anna)
    assert (await home.done(anna, gone))["status"] == "complete"
    assert (await home.client.get("/events", headers=anna)).json()["occurrences"] == []
    whole = await home.client.delete(url, params={"scope": "series"}, headers=anna)
    task = await home.done(anna, whole)
    assert task["status"] == "awaiting_user"
    decided = await home.client.post(
        f"{task['status_url']}/decision", json={"option": 0}, headers=anna
    )
    done = await home.done(anna, decided)
    assert done["result"]["event"]["status"] == "cancelled"


async def test_a_key_sent_again_is_the_same_task(home: Home) -> None:
    anna = await home.token("write")
    key = {**anna, "Idempotency-Key": "abc-1"}
    first = await home.client.post("/events", json={"message": SOCCER}, headers=key)
    again = await home.client.post("/events", json={"message": SOCCER}, headers=key)
    assert again.json() == first.json()
    await home.service.settle()
    later = await home.client.post("/events", json={"message": SOCCER}, headers=key)
    assert later.json() == first.json()
    other = await home.client.post("/events", json={"message": "piano Friday 4pm"}, headers=key)
    assert other.status_code == 422
    await home.service.settle()
    window = {"from": "2026-03-04T00:00:00Z"}
    listed = await home.client.get("/events", params=window, headers=anna)
    assert len(listed.json()["occurrences"]) == 1


async def test_another_family_sees_nothing(home: Home) -> None:
    anna = await home.token()
    task = await home.ask(anna, message=SOCCER)
    others = await home.add(rivera())
    zoe = await home.token("admin", "Anna", others)
    event = f"/events/{task['result']['event_id']}"
    for method, url, body in (
        ("GET", task["status_url"], None),
        ("POST", f"{task['status_url']}/decision", {"option": 0}),
        ("GET", event, None),
        ("PATCH", event, {"title": "x"}),
        ("DELETE", event, None),
        ("DELETE", f"/resources/{home.household.resources[0].id}", None),
        ("DELETE", f"/webhooks/{uuid4()}", None),
    ):
        answer = await home.client.request(method, url, json=body, headers=zoe)
        assert answer.status_code == 404, (method, url, answer.text)
    window = {"from": "2026-03-04T00:00:00Z"}
    listed = await home.client.get("/events", params=window, headers=zoe)
    assert listed.json() == {"occurrences": []}


async def test_a_task_is_its_members_own(home: Home) -> None:
    anna = await home.token("write")
    task = await home.ask(anna, message=SOCCER)
    ben, admin = await home.token("write", "Ben"), await home.token("admin", "Ben")
    assert (await home.client.get(task["status_url"], headers=ben)).status_code == 404
    assert (await home.client.get(task["status_url"], headers=admin)).status_code == 200


async def test_what_is_said_in_one_conversation_hangs_together(home: Home) -> None:
    anna = await home.token("write")
    await home.ask(anna, message=SOCCER, conversation="app-1")
    task = await home.ask(anna, message="move it to 4pm", conversation="app-1")
    assert task["result"]["event"]["start"] == "2026-03-07T16:00:00"
    assert "soccer" in task["result"]["message"]


async def test_what_was_booked_here_is_reminded_of_where_people_are(home: Home) -> None:
    anna = await home.token("write")
    group = Chat(uuid4(), home.household.id, ChatAddress("telegram", "-100", False, "Family"))
    async with home.service.uow() as uow:
        await uow.chats.add(group)
        await uow.commit()
    task = await home.ask(anna, message="piano for Anna today at 2pm")
    home.clock.set(NOW.replace(hour=18))
    await home.service.settle()
    async with home.service.uow() as uow:
        (told,) = await uow.outbox.claim("nobody", timedelta(seconds=1), 9, ["telegram"])
    assert told.chat == group
    assert "piano" in f"{told.outgoing.heading} {told.outgoing.text}"
    again = (await home.client.get(task["status_url"], headers=anna)).json()
    assert again["result"]["message"] == task["result"]["message"]
