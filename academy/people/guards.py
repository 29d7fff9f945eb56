"""Guards: every view wears exactly one, and says by it who may come in at all."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from academy.errors import DomainError, Forbidden, NotFound, SignInNeeded
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor, current_actor

P = ParamSpec("P")
R = TypeVar("R")
Rule = Callable[[Actor], bool]


class SecondFactorNeeded(DomainError):
    """Whoever has a role must have set up a second factor, and used it, before the pages of that role open."""

    status = 403
    sentence = _l("Please set up a second factor first.")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open to everyone, signed in or not."""
    return _worn(view, "public")


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Open to every member."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if current_actor() is None:
            raise SignInNeeded
        return view(*args, **kwargs)

    return _worn(guarded, "signed_in")


def _for_role(name: str, rule: Rule) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def wear(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = current_actor()
            if actor is None:
                raise SignInNeeded
            require(rule(actor))
            if not (actor.second_factor or actor.exempt_from_second_factor):
                raise SecondFactorNeeded
            return view(*args, **kwargs)

        return _worn(guarded, name)

    return wear


def trainers(view: Callable[P, R]) -> Callable[P, R]:
    """Open to whoever teaches something, and to admins."""
    return cast("Callable[P, R]", _for_role("trainers", lambda actor: actor.is_trainer or actor.is_admin)(view))


def moderators(view: Callable[P, R]) -> Callable[P, R]:
    """Open to moderators and admins."""
    return cast("Callable[P, R]", _for_role("moderators", lambda actor: actor.is_moderator)(view))


def admins(view: Callable[P, R]) -> Callable[P, R]:
    """Open to admins alone."""
    return cast("Callable[P, R]", _for_role("admins", lambda actor: actor.is_admin)(view))


def staff(view: Callable[P, R]) -> Callable[P, R]:
    """Open to whoever holds any role."""
    return cast("Callable[P, R]", _for_role("staff", lambda actor: actor.is_staff)(view))


def require(allowed: bool) -> None:
    """Go on if the rule allows it; a member without the right is told so (403)."""
    if not allowed:
        raise Forbidden


def reveal(allowed: bool) -> None:
    """Go on if the asker may know of the thing; to all others it does not exist (404)."""
    if not allowed:
        raise NotFound


def guard_of(view: object) -> str:
    """The name of the guard a view wears, or '' if it is naked."""
    return cast("str", getattr(view, "academy_guard", ""))


def _worn(view: Callable[P, R], name: str) -> Callable[P, R]:
    view.academy_guard = name  # type: ignore[attr-defined]
    return view
