"""fastapi-users with its JWT strategy and its SQLAlchemy adapter, as its documentation's full example sets them up.

One departure: the strategy's algorithm is EdDSA, so that all servers check the same signature. The second route has
the users in a dict, to tell the price of the strategy from that of the database.

Source: https://fastapi-users.github.io/fastapi-users/latest/configuration/full-example/
"""

# Installed only where it runs, so nothing of it has a type here.
# mypy: disable-error-code="import-not-found, misc"

import os
import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, ClassVar

from fastapi import Depends, FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from fastapi_users.db import BaseUserDatabase, SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

SECRET = "SECRET"  # noqa: S105 -- signs nothing here


class Base(DeclarativeBase):
    """The tables."""


class User(SQLAlchemyBaseUserTableUUID, Base):
    """The example's user."""


engine = create_async_engine(os.environ["DATABASE_URL"])
async_session_maker = async_sessionmaker(engine, expire_on_commit=False)
ADA = {"id": uuid.UUID(os.environ["SUBJECT"]), "email": "ada@example.org", "hashed_password": "-"}
STATES = {"is_active": True, "is_superuser": False, "is_verified": True}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Create the tables, and the one user."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_session_maker() as session:
        session.add(User(**ADA, **STATES))
        await session.commit()
    yield


class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):
    """The example's manager."""

    reset_password_token_secret = SECRET
    verification_token_secret = SECRET


class Remembered(BaseUserDatabase[User, uuid.UUID]):
    """Users in a dict."""

    users: ClassVar = {ADA["id"]: User(**ADA, **STATES)}

    async def get(self, id: uuid.UUID) -> User | None:  # noqa: A002 -- the base class's name
        """Look a user up."""
        return self.users.get(id)


async def get_async_session() -> AsyncGenerator[AsyncSession, None]:
    """Open a session for a request."""
    async with async_session_maker() as session:
        yield session


async def get_user_db(
    session: Annotated[AsyncSession, Depends(get_async_session)],
) -> AsyncGenerator[SQLAlchemyUserDatabase[User, uuid.UUID], None]:
    """Reach the users' table."""
    yield SQLAlchemyUserDatabase(session, User)


async def get_user_manager(
    user_db: Annotated[SQLAlchemyUserDatabase[User, uuid.UUID], Depends(get_user_db)],
) -> AsyncGenerator[UserManager, None]:
    """Manage the users of the table."""
    yield UserManager(user_db)


async def get_remembering_manager() -> AsyncGenerator[UserManager, None]:
    """Manage the users of the dict."""
    yield UserManager(Remembered())


def get_jwt_strategy() -> JWTStrategy[User, uuid.UUID]:
    """Verify tokens with the issuer's public key."""
    return JWTStrategy(
        secret=SECRET,
        lifetime_seconds=3600,
        token_audience=[os.environ["AUDIENCE"]],
        algorithm="EdDSA",
        public_key=os.environ["PUBLIC_KEY"],
    )


backend = AuthenticationBackend(
    name="jwt", transport=BearerTransport(tokenUrl="auth/jwt/login"), get_strategy=get_jwt_strategy
)
with_table = FastAPIUsers[User, uuid.UUID](get_user_manager, [backend]).current_user(active=True)
with_dict = FastAPIUsers[User, uuid.UUID](get_remembering_manager, [backend]).current_user(active=True)
app = FastAPI(lifespan=lifespan)


@app.get("/table")
async def read_with_table(user: Annotated[User, Depends(with_table)]) -> dict[str, str]:
    """The example's protected route."""
    return {"message": f"Hello {user.email}!"}


@app.get("/dict")
async def read_with_dict(user: Annotated[User, Depends(with_dict)]) -> dict[str, str]:
    """The same without a database."""
    return {"message": f"Hello {user.email}!"}
