"""The route of the reference that tells who calls, without the reference: nobody is asked for a token."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Identity(BaseModel):
    """What the protected route answers."""

    sub: str
    sid: str
    client_id: str


@app.get("/me")
async def read_identity() -> Identity:
    """Answer anybody."""
    return Identity(sub="00000000-0000-0000-0000-000000000001", sid="4VqTz8mJ0kQpXw2b", client_id="web")
