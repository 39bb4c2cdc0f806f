"""Who belongs to the family, what they are called, and their roles."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from agents.plain import one_line
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.errors import NotAllowed, NotFound
from scheduling.family import Household, Member, Role
from scheduling.joining import one_person
from scheduling.messages import Button
from scheduling.phrasing import and_list
from scheduling.speech import N_, tr

LONGEST_NAME = 40
SAME = "same"
"""The argument of the button that says a newcomer is somebody the family has named; after a dot,
the beginning of that one's id."""
KNOWN_BY = 16
"""So many hex digits of an id tell the people of a family apart, and fit on a button."""

_ROLES = {
    "parent": Role.PARENT, "mom": Role.PARENT, "mum": Role.PARENT, "dad": Role.PARENT,
    "mother": Role.PARENT, "father": Role.PARENT, "child": Role.CHILD, "kid": Role.CHILD,
    "son": Role.CHILD, "daughter": Role.CHILD, "other": Role.OTHER,
}  # fmt: skip
_USAGE = N_(
    "To change it: /family add Mia child · /family role Grandma parent · "
    "/family alias Anna Mom · /forget Mia"
)


async def family_command(scene: Scene, words: str) -> None:
    """/family · /family add NAME [ROLE] · /family role NAME ROLE · /family alias NAME ALIAS"""
    verb, _, rest = words.partition(" ")
    action = {"add": _add, "role": _role, "alias": _alias}.get(verb.casefold())
    if action is None or not rest.strip():
        await scene.say(f"{list_family(scene.household)}\n{tr(_USAGE)}")
        return
    scene = await scene.locked()
    scene.require_decider(tr("change who belongs to the family"))
    member = action(scene, rest.split())
    await scene.uow.households.save_member(scene.household.id, member)
    await scene.say(f"✓ {member_line(member)}")


def _add(scene: Scene, words: list[str]) -> Member:
    role = _ROLES.get(words[-1].casefold()) if len(words) > 1 else None
    name = one_line(" ".join(words[:-1] if role else words), LONGEST_NAME)
    if not name or name.casefold() in _ROLES:
        raise NotFound(tr("Who is it? For example /family add Mia child"))
    known = scene.household.named(name)
    if known is not None:
        return with_role(known, role, scene.household) if role else known
    return Member(scene.id("member"), name, role or Role.OTHER)


def _role(scene: Scene, words: list[str]) -> Member:
    role = _ROLES.get(words[-1].casefold())
    if role is None:
        raise NotFound(tr("A role is parent, child or other: /family role Mia child"))
    return with_role(_member(scene.household, " ".join(words[:-1])), role, scene.household)


def with_role(member: Member, role: Role, household: Household) -> Member:
    """The member in that role. Raises NotAllowed where that would leave no parent."""
    if role is not Role.PARENT:
        require_other_parent(member, household)
    return replace(member, role=role)


def require_other_parent(member: Member, household: Household) -> None:
    """Raises NotAllowed if nobody else is a parent there."""
    if household.parents == (member,):
        raise NotAllowed(
            tr(
                "{member} is the only parent here. Make someone else one first: "
                "/family role Ben parent",
                member=member.name,
            )
        )


def role_named(name: str) -> Role:
    """The role of that value. Raises NotFound."""
    if name not in [role.value for role in Role]:
        raise NotFound(tr("A role is parent, child or other: /family role Mia child"))
    return Role(name)


def _alias(scene: Scene, words: list[str]) -> Member:
    member = _member(scene.household, words[0])
    alias = one_line(" ".join(words[1:]), LONGEST_NAME)
    if not alias:
        raise NotFound(tr("Which other name? For example /family alias Anna Mom"))
    if scene.household.named(alias) is not None:
        raise NotFound(tr("“{alias}” is somebody's name already.", alias=alias))
    return replace(member, aliases=(*member.aliases, alias))


def _member(household: Household, name: str) -> Member:
    member = household.named(name)
    if member is None:
        shown = one_line(name, LONGEST_NAME) or tr("that person")
        raise NotFound(tr("I don't know {shown} in this family.", shown=shown))
    return member


def list_family(household: Household) -> str:
    """Everyone, a line each."""
    if not household.members:
        return tr("Nobody yet. People join by writing to me here.")
    return "\n".join(member_line(m) for m in household.members)


_ROLE_WORDS = {Role.PARENT: N_("parent"), Role.CHILD: N_("child"), Role.OTHER: N_("other")}


def member_line(member: Member) -> str:
    also = tr(", also {aliases}", aliases=and_list(member.aliases)) if member.aliases else ""
    return f"{member.name} ({tr(_ROLE_WORDS[member.role])}{also})"


async def greet_newcomer(scene: Scene, member: Member) -> None:
    """Someone spoke whom the family had not named, or who goes by the name of someone it had."""
    known = named_before(member, scene.household)
    await ask_who(scene, member, known, tr("{member} has joined.", member=member.name))


async def ask_who(scene: Scene, member: Member, known: Member | None, how: str) -> None:
    """A parent, in any of the family's chats, says who a newcomer is. known: who they may be.
    how: they came."""
    same: tuple[Button, ...] = ()
    if known is not None:
        they_are = Tap("role", member.id, f"{SAME}.{known.id.hex[:KNOWN_BY]}")
        same = (Button(tr("They are {known}", known=known.name), they_are.data()),)
    await scene.tell(
        tr("{how} They can book and ask; only a parent can approve.", how=how),
        name=f"newcomer:{member.id.hex}",
        heading=tr("Who is {member}?", member=member.name),
        buttons=(
            *((same,) if same else ()),
            tuple(
                Button(role.value.capitalize(), Tap("role", member.id, role.value).data())
                for role in Role
            ),
        ),
        card=f"role:{member.id.hex}",
    )


def named_before(newcomer: Member, household: Household) -> Member | None:
    """The member whose name a newcomer came with ("Ben 2" came as Ben)."""
    name, _, number = newcomer.name.rpartition(" ")
    known = household.named(name) if number.isdigit() else None
    return known if known is not None and known.id != newcomer.id else None


def is_same(argument: str) -> bool:
    """Whether a button with that argument says "They are Ben"."""
    return argument.partition(".")[0] == SAME


def whom(newcomer: Member, argument: str, household: Household) -> Member | None:
    """The member that such a button means."""
    known_by = argument.partition(".")[2]
    if not known_by:
        return named_before(newcomer, household)
    others = (m for m in household.members if m.id != newcomer.id)
    return next((m for m in others if m.id.hex.startswith(known_by)), None)


async def same_person(scene: Scene, newcomer_id: UUID, argument: str) -> None:
    """The tap on "They are Ben": all that is the newcomer's is Ben's from now on: accounts, part
    in events, votes, rules, what they were called."""
    scene = await scene.locked()
    newcomer = scene.household.member(newcomer_id)
    known = whom(newcomer, argument, scene.household) if newcomer else None
    if newcomer is None or known is None:
        return
    require_other_parent(newcomer, scene.household)
    family = scene.household.id
    await scene.uow.joins.one_person(family, newcomer_id, known.id)
    others = await scene.uow.households.get(family)
    known = one_person(newcomer, known, others)
    await scene.uow.households.save_member(family, known)
    await scene.uow.households.bump(family)
    by = tr(" (said {member})", member=scene.member.name) if scene.member else ""
    await scene.tell(
        f"{member_line(known)}{by}",
        name="role",
        heading=tr("✓ {newcomer} is {known}", newcomer=newcomer.name, known=known.name),
        card=f"role:{newcomer_id.hex}",
    )


async def set_role(scene: Scene, member_id: UUID, role: str) -> None:
    """The tap on a role."""
    scene = await scene.locked()
    member = scene.household.member(member_id)
    if member is None:
        return
    changed = with_role(member, Role(role), scene.household)
    await scene.uow.households.save_member(scene.household.id, changed)
    by = tr(" (said {member})", member=scene.member.name) if scene.member else ""
    await scene.tell(
        f"{member_line(changed)}{by}",
        name="role",
        heading=f"✓ {member.name}",
        card=f"role:{member_id.hex}",
    )
