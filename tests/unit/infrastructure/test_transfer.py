import errno
from pathlib import Path

import pytest

from infrastructure.transfer import appearing, digest_file, disk
from schemas.errors import StorageFull


async def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "film.mp4"
    async with appearing(path) as file:
        file.write(b"film")
        assert not path.exists()
    assert path.read_bytes() == b"film"
    assert list(path.parent.iterdir()) == [path]


async def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> None:
        async with appearing(tmp_path / "film.mp4") as file:
            file.write(b"fil")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await broken()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_named() -> None:
    path = Path("/dev/full")

    def fill() -> None:
        with disk(path):
            path.write_bytes(b"film")

    with pytest.raises(StorageFull, match="/dev/full"):
        fill()


def test_other_errors_of_the_disk_pass() -> None:
    with pytest.raises(OSError, match="denied") as caught, disk(Path("film.mp4")):
        raise OSError(errno.EACCES, "denied")
    assert not isinstance(caught.value, StorageFull)


def test_digests_are_those_of_the_standard(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    # FIPS 180-4's example.
    assert digest_file(tmp_path / "abc") == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)
