"""The letters that people are sent."""

from __future__ import annotations

from typing import NamedTuple

from schemas.hooks import ShutWhy


class Letter(NamedTuple):
    """A letter without its address."""

    subject: str
    body: str


def verification(link: str) -> Letter:
    """Ask somebody who has registered to show that the address is theirs."""
    return Letter(
        "Confirm your address",
        "Welcome to AI Film Studio.\n\n"
        f"Open this link within 24 hours to confirm that this address is yours:\n\n{link}\n\n"
        "If it was not you who registered, do nothing: without the link nothing becomes of it.\n",
    )


def registered_already(sign_in: str, reset: str) -> Letter:
    """Tell somebody who has an account that it was asked for once more."""
    return Letter(
        "You have an account already",
        "Somebody, probably you, has just tried to register with this address, which has an account.\n\n"
        f"Sign in:\n{sign_in}\n\nIf you have forgotten your password, set another:\n{reset}\n\n"
        "If it was not you, do nothing: nothing has changed.\n",
    )


def reset(link: str) -> Letter:
    """Let somebody set another password."""
    return Letter(
        "Set another password",
        f"Open this link within 30 minutes to set another password for AI Film Studio:\n\n{link}\n\n"
        "Whoever is signed in to your account is signed out by it.\n\n"
        "If it was not you who asked for it, do nothing: your password stays as it is.\n",
    )


def provider_linked(provider: str, address: str) -> Letter:
    """Tell somebody that they can sign in by a provider now, too."""
    return Letter(
        f"{provider} opens your account now",
        f"Somebody has just signed in to your account at AI Film Studio by {provider}, which says that this address is "
        "theirs. From now on that opens your account, besides what did before.\n\n"
        f"If it was not you, set another password, sign in with it, and unlink {provider}:\n{address}\n",
    )


def provider_unlinked(provider: str, address: str) -> Letter:
    """Tell somebody that a provider opens their account no longer."""
    return Letter(
        f"{provider} opens your account no longer",
        f"{provider} has just been unlinked from your account at AI Film Studio: it signs nobody in there any more.\n\n"
        f"If it was not you, set another password at once:\n{address}\n",
    )


def password_changed(address: str) -> Letter:
    """Tell somebody that their password is another now."""
    return Letter(
        "Your password was changed",
        "The password of your account at AI Film Studio has just been changed, and everybody was signed out.\n\n"
        f"If it was not you, set another at once:\n{address}\n",
    )


def account_deleted() -> Letter:
    """Tell somebody that their account is no more."""
    return Letter(
        "Your account was deleted",
        "Your account at AI Film Studio was just deleted, with all projects, scripts and films that were in it. Films "
        "that were being made are called off, and credits that were left have lapsed.\n\n"
        "This address is not kept. If you come back, register again: you will be somebody new.\n",
    )


def film_refused(title: str, reason: str) -> Letter:
    """Tell somebody that a moderator has refused a film of theirs, and why."""
    return Letter(
        "A film of yours was refused",
        f"Your film “{title}” at AI Film Studio waited for a moderator, who has refused it:\n\n{reason}\n\n"
        "It is called off, and nothing more is made of it. Your project and its script stay; hand in another version "
        "of the script to order a film of it.\n",
    )


_SHUT_WHY = {
    ShutWhy.GONE: "It answered 410, which says that nothing is there any more.",
    ShutWhy.FAILING: "For 72 hours it has taken nothing that it was sent, however often that was tried.",
}


def webhook_shut(url: str, why: ShutWhy) -> Letter:
    """Tell somebody that a webhook of theirs is told nothing any more, and why."""
    return Letter(
        "A webhook of yours was disabled",
        f"AI Film Studio tells your webhook nothing any more:\n\n{url}\n\n{_SHUT_WHY[why]}\n\n"
        "Once it takes what it is sent, enable it again: POST /api/v1/webhooks/{webhook_id}/enable. What could not "
        "be delivered is kept: GET …/deliveries lists it, and POST …/redeliver sends it again.\n",
    )
