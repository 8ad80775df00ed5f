"""E-mail addresses, in the form in which two of one person are equal."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from schemas.errors import InvalidRequest

LONGEST_ADDRESS = 254
"""Characters of an e-mail address (RFC 5321)."""


def folded(address: str) -> str:
    """Bring an e-mail address to the form in which two of one person are equal.

    Raises:
        InvalidRequest: It is no address.
    """
    try:
        email = validate_email(address.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise InvalidRequest(f"That is no e-mail address: {error}") from error
    if len(email) > LONGEST_ADDRESS:  # some letters become three
        raise InvalidRequest(f"That is no e-mail address: it is longer than {LONGEST_ADDRESS} characters.")
    return email
