import pytest
from pydantic import ValidationError

from infrastructure.ids import new_id
from infrastructure.settings import Settings
from schemas.enums import RendererName


def test_names_of_buckets_and_queues_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_ENV", "staging")
    settings = Settings()
    assert settings.assets_bucket == "ai-film-studio-assets-staging"
    assert settings.jobs_queue == "ai-film-studio-jobs-staging"
    assert settings.dead_letter_queue == "ai-film-studio-jobs-dlq-staging"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_DATABASE_URL", "postgresql://studio:hush@db/studio")
    monkeypatch.setenv("STUDIO_AWS_SECRET_ACCESS_KEY", "hush")
    settings = Settings()
    assert "hush" not in repr(settings) + str(settings.model_dump())
    assert settings.database_url.get_secret_value() == "postgresql://studio:hush@db/studio"


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_S3_ENDPOINT_URL", "")
    assert Settings().s3_endpoint_url is None
    assert Settings().render_processes >= 1


def test_renderers_are_a_json_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().renderers == (RendererName.STORYBOARD,)
    monkeypatch.setenv("STUDIO_RENDERERS", '["storyboard", "sdxl"]')
    assert RendererName.SDXL in Settings().renderers


@pytest.mark.parametrize(("name", "value"), [("RENDER_PROCESSES", "0"), ("ENV", "No Bucket"), ("DRAIN_S", "0")])
def test_what_cannot_work_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STUDIO_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_director_needs_an_address_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().director_url is None
    monkeypatch.setenv("STUDIO_DIRECTOR_URL", "http://127.0.0.1:11434/v1")
    with pytest.raises(ValidationError, match="STUDIO_DIRECTOR_MODEL"):
        Settings()
    monkeypatch.setenv("STUDIO_DIRECTOR_MODEL", "llama")
    assert str(Settings().director_url) == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "file:///etc/passwd"),
        ("URL", "http://user:hush@127.0.0.1/v1"),
        ("URL", "http://127.0.0.1/v1?key=hush"),
        ("TIMEOUT_S", "0"),
        ("TOTAL_S", "7200"),
        ("CONCURRENCY", "0"),
    ],
)
def test_a_director_that_cannot_work_is_refused_without_showing_secrets(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("STUDIO_DIRECTOR_URL", "http://127.0.0.1/v1")
    monkeypatch.setenv("STUDIO_DIRECTOR_MODEL", "llama")
    monkeypatch.setenv("STUDIO_DIRECTOR_API_KEY", "hush")
    monkeypatch.setenv(f"STUDIO_DIRECTOR_{name}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "hush" not in str(caught.value)


def test_ids_sort_by_the_time_they_were_made() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert {made.version for made in ids} == {7}


def test_a_provider_needs_a_secret_and_a_safe_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_GOOGLE_CLIENT_ID", "studio")
    with pytest.raises(ValidationError, match="STUDIO_GOOGLE_CLIENT_SECRET"):
        Settings()
    monkeypatch.setenv("STUDIO_GOOGLE_CLIENT_SECRET", "hush")
    assert "hush" not in repr(Settings())
    monkeypatch.setenv("STUDIO_GOOGLE_ISSUER", "http://accounts.example.org")
    with pytest.raises(ValidationError, match="https://"):
        Settings()
    monkeypatch.setenv("STUDIO_GOOGLE_ISSUER", "http://127.0.0.1:8080")
    assert Settings().google_client_id == "studio"


def test_payments_are_set_up_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().stripe_secret_key is None
    monkeypatch.setenv("STUDIO_STRIPE_SECRET_KEY", "sk_test_hush")
    with pytest.raises(ValidationError, match="STUDIO_STRIPE_WEBHOOK_SECRET") as refused:
        Settings()
    assert "hush" not in str(refused.value)
    monkeypatch.setenv("STUDIO_STRIPE_WEBHOOK_SECRET", "whsec_hush")
    assert "hush" not in repr(Settings())
    monkeypatch.setenv("STUDIO_STRIPE_API_BASE", "http://stripe.example.org")
    with pytest.raises(ValidationError, match="https"):
        Settings()
