"""One route behind the gate; `access` is the copied folder."""

from access import create_app
from access.authentication import CurrentCaller

app = create_app()


@app.get("/orders")
async def read_orders(caller: CurrentCaller) -> dict[str, str]:
    """Answer whose orders these would be."""
    return {"orders_of": caller.subject}
