"""What can go wrong, in words that a user may read.

Every error names what, where and what to do. `code` is its name for programs: it is the type of the Temporal
failure, the `type` of a problem document, and the reason on a job.
"""

from __future__ import annotations


class StudioError(Exception):
    """The base of all errors this software raises on purpose.

    Attributes:
        code: Stable name for programs.
        exit_code: What `studio` ends with: 2 when the input is at fault, 1 otherwise.
        retryable: Whether the same call may succeed later.
        retry_after_s: Seconds until it should be tried again; None leaves that to whoever tries.
    """

    code = "StudioError"
    exit_code = 1
    retryable = False
    retry_after_s: float | None = None


class InputError(StudioError):
    """The input is at fault; doing the same again cannot help."""

    code = "InputError"
    exit_code = 2


class InvalidScript(InputError):
    """The script cannot be read, or holds nothing that can be shown."""

    code = "InvalidScript"


class InvalidRequest(InputError):
    """An option has a value that cannot be used."""

    code = "InvalidRequest"


class NotWaiting(InvalidRequest):
    """What is to be decided waits for no decision, or does not any more."""

    code = "NotWaiting"


class InvalidTimeline(InputError):
    """A timeline was edited into something that cannot be played."""

    code = "InvalidTimeline"


class InvalidSound(InputError):
    """Music or a voice that was given cannot be used: it is no sound, is silent, or belongs to no line."""

    code = "InvalidSound"


class NotFound(InputError):
    """There is no such thing, or it is somebody else's: the two are not told apart."""

    code = "NotFound"


class Gone(NotFound):
    """What it belongs to was deleted meanwhile: nothing more need be written down about it."""

    code = "Gone"


class NotSignedIn(InputError):
    """Nobody is known to make this request, or what they came with is no longer valid."""

    code = "NotSignedIn"


class NotAllowed(InputError):
    """Whoever makes this request may not."""

    code = "NotAllowed"


class SignInRefused(NotAllowed):
    """Somebody came back from a provider, and is not signed in.

    Attributes:
        reason: Why, as one of `schemas.people.SignInRefusal`.
    """

    code = "SignInRefused"

    def __init__(self, message: str, *, reason: str = "refused") -> None:
        """Say why.

        Args:
            message: A sentence for whoever came.
            reason: A short name.
        """
        super().__init__(message)
        self.reason = reason


class Conflict(InputError):
    """What is asked for does not go together with what is there."""

    code = "Conflict"


class NotSetUp(Conflict):
    """What is asked for needs something that this installation does not have."""

    code = "NotSetUp"


class SignatureRefused(InputError):
    """What was sent is not signed by whom it says it is from, or was signed too long ago."""

    code = "SignatureRefused"


class Outdated(InputError):
    """What is to be changed was changed by somebody else meanwhile."""

    code = "Outdated"


class TooLarge(InputError):
    """More was sent than is taken."""

    code = "TooLarge"


class TooManyRequests(InputError):
    """Something was asked for more often than is allowed.

    Attributes:
        limit: How often it is allowed.
    """

    code = "TooManyRequests"
    retryable = True

    def __init__(self, message: str, *, retry_after_s: float = 60.0, limit: int = 0) -> None:
        """Say when to come back.

        Args:
            message: A sentence for whoever asked.
            retry_after_s: Seconds until it is allowed again.
            limit: How often it is allowed.
        """
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.limit = limit


class ModelRefused(InputError):
    """A model, a LoRA or a reference picture cannot be used: missing, damaged, of the wrong kind, or not safe."""

    code = "ModelRefused"


class DeviceMissing(InputError):
    """This machine has no such device, or lacks what it takes to use it."""

    code = "DeviceMissing"


class InsufficientCredits(InputError):
    """A film costs more than its user has.

    Attributes:
        balance: Credits that the user can spend.
        price: Credits that the film costs.
    """

    code = "InsufficientCredits"

    def __init__(self, message: str, *, balance: int = 0, price: int = 0) -> None:
        """Say what is missing.

        Args:
            message: A sentence for the user.
            balance: Credits that the user can spend.
            price: Credits that the film costs.
        """
        super().__init__(message)
        self.balance = balance
        self.price = price


class AccountFrozen(InputError):
    """An account owes credits: a purchase was paid back after they were spent.

    Attributes:
        owed: Credits that are owed.
    """

    code = "AccountFrozen"

    def __init__(self, message: str, *, owed: int = 0) -> None:
        """Say what is owed.

        Args:
            message: A sentence for the user.
            owed: Credits that are owed.
        """
        super().__init__(message)
        self.owed = owed


class GpuOutOfMemory(StudioError):
    """A picture does not fit into the device's memory, not even alone; elsewhere it may."""

    code = "GpuOutOfMemory"
    retryable = True

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        """Say what does not fit.

        Args:
            message: A sentence for the film's users.
            retry_after_s: Seconds until somebody else should be asked.
        """
        super().__init__(message)
        self.retry_after_s = retry_after_s


class PaintingCancelled(StudioError):
    """Painting was called off between two steps."""

    code = "PaintingCancelled"


class MotionRefused(StudioError):
    """A shot cannot be moved in the way that was asked for; trying again would not change that.

    Attributes:
        reason: Why, as a short name for programs.
    """

    code = "MotionRefused"

    def __init__(self, message: str, *, reason: str = "unsuitable") -> None:
        """Say why.

        Args:
            message: A sentence for the film's users.
            reason: A short name.
        """
        super().__init__(message)
        self.reason = reason


class ShotFailed(StudioError):
    """A picture could not be made; another attempt may succeed."""

    code = "ShotFailed"
    retryable = True


class SegmentFailed(StudioError):
    """A stretch of the film could not be encoded, however often it was tried."""

    code = "SegmentFailed"


class RenderRefused(StudioError):
    """What was made is not what was asked for: empty, black, of the wrong size or length."""

    code = "RenderRefused"
    retryable = True


class PictureRefused(RenderRefused):
    """A picture was refused with each of the seeds that were tried; the same ones would be tried again."""

    code = "PictureRefused"
    retryable = False


class DialogueLost(RenderRefused):
    """The finished film does not say what its script says; making it again would not change that."""

    code = "DialogueLost"
    retryable = False


class WorkerLost(StudioError):
    """The worker died several times with the same shot in hand."""

    code = "WorkerLost"


class ProcessDied(StudioError):
    """A drawing or encoding process died under its task."""

    code = "ProcessDied"
    retryable = True


class EncoderFailed(StudioError):
    """FFmpeg or an encoder ended with an error."""

    code = "EncoderFailed"
    retryable = True


class StorageFull(StudioError):
    """No space is left where a file must be written."""

    code = "StorageFull"


class ArtifactMissing(StudioError):
    """A stored object is gone or differs from what was recorded."""

    code = "ArtifactMissing"
    retryable = True


class DependencyDown(StudioError):
    """A service this process needs did not answer."""

    code = "DependencyDown"
    retryable = True


class DirectorUnavailable(StudioError):
    """The language model that was asked to direct gave no answer; the rules direct instead.

    Attributes:
        final: Whether asking for another scene would end the same way: a wrong key, a wrong address.
    """

    code = "DirectorUnavailable"
    retryable = True

    def __init__(self, message: str, *, final: bool = False) -> None:
        """Say why there is no answer.

        Args:
            message: A clause that goes on after "scene 3: ".
            final: Whether there is no point in asking again.
        """
        super().__init__(message)
        self.final = final


class LabError(StudioError):
    """The local lab cannot be started or reached."""

    code = "LabError"


INPUT_ERROR_CODES = tuple(
    error.code
    for error in (
        InputError,
        InvalidScript,
        InvalidRequest,
        InvalidTimeline,
        InvalidSound,
        ModelRefused,
        DeviceMissing,
        InsufficientCredits,
        AccountFrozen,
    )
)
"""Codes that end `studio` with 2 when a job failed with them."""
