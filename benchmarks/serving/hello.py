"""A FastAPI application that says hello: the limit that a framework, a server and a machine set."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from api.serving import configuration

app = FastAPI()


class Hello(BaseModel):
    """The answer."""

    status: str = "ok"


@app.get("/hello")
async def hello() -> Hello:
    """Say hello."""
    return Hello()


if __name__ == "__main__":
    uvicorn.Server(configuration(app, "127.0.0.1", int(sys.argv[1]))).run()
