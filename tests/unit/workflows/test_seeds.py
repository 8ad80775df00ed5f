"""Seeds that travel between workflows and activities are bounded as those of prompts and commands are."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from schemas.jobs import SceneResult
from schemas.payloads import ConsistencyInput, CutInput, ShotOrder


@pytest.mark.parametrize("model", [ConsistencyInput, CutInput, SceneResult])
@pytest.mark.parametrize("seeds", [{"s001-001": -1}, {"s001-001": 2**63}, {"the first": 1}])
def test_a_seed_out_of_range_and_a_shot_without_a_number_are_refused(
    model: type[BaseModel], seeds: dict[str, int]
) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate({"seeds": seeds})
    assert any(error["loc"][0] == "seeds" for error in refused.value.errors())


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_an_order_takes_no_seed_out_of_range(seed: int) -> None:
    with pytest.raises(ValidationError, match="seed"):
        ShotOrder(shot="s001-001", seed=seed)
    assert ShotOrder(shot="s001-001", seed=2**63 - 1).seed == 2**63 - 1
