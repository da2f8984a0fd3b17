"""The reference API as the browser tests meet it: no leeway, so that a token's end can be waited for."""

import os
import sys

import uvicorn

from reference_impl.api import create_app
from reference_impl.api.policy import Policy

if __name__ == "__main__":
    issuer = os.environ["WATCHWORD_ISSUER"]
    policy = Policy(
        issuer=issuer,
        audience=os.environ["WATCHWORD_AUDIENCE"],
        allowed_origins=(issuer,),
        environment="development",
        leeway_seconds=0,
        # A busy machine is slow, not broken.
        fetch_timeout_seconds=20,
    )
    uvicorn.run(create_app(policy), host="localhost", port=int(sys.argv[1]), proxy_headers=False, log_level="warning")
