"""Accounts: what an administrator does to them, a person's second session, and what the issuer's records hold."""

from collections.abc import Callable
from typing import Final

from pytest_bdd import given, then, when
from sqlalchemy import MetaData, create_engine, select

from steps.drafts import Draft
from steps.scene import Person, Scene
from steps.sessions import keep_token, sign_in
from steps.states import observe
from steps.vocabulary import GRANTED, Phrase, Word, one_of

Fate = Callable[[Scene, str], None]

FATES: Final[dict[str, Fate]] = {
    "left alone": lambda _scene, _email: None,
    "disabled": lambda scene, email: scene.target.disable_account(email),
    "enabled again": lambda scene, email: scene.target.enable_account(email),
    "deleted": lambda scene, email: scene.target.delete_account(email),
    "signed out everywhere": lambda scene, email: scene.target.end_sessions(email),
}
"""What an administrator does to an account."""

EXTENTS: Final = {"nothing": False, "nothing but the session's id": True}
CONDITIONS: Final = {"cannot be read": False, "can be read again": True}


@given(Phrase("{owner} account has been {fate} by an administrator", fate=Word(one_of(*FATES))))
@when(Phrase("{owner} account is {fate} by an administrator", fate=Word(one_of(*FATES))))
def account_is(scene: Scene, owner: str, fate: str) -> None:
    """Do to an account what an administrator can do, at the issuer itself."""
    FATES[fate](scene, scene.person(owner).email)
    scene.stay_silent()


@given(Phrase("{actor} is signed in on a second device"))
def has_second_session(scene: Scene, actor: str) -> None:
    """Sign in from another browser, with the same account."""
    person = scene.person(actor)
    browser = scene.target.browser(f"{person.name}'s second device")
    device = Person(person.name, browser, scene.target.address, accounts=person.accounts)
    device.password = person.password
    assert sign_in(scene, device).verdict == GRANTED
    person.second_device = device


@then(Phrase("{owner} session on the second device is {state}"))
def second_session_is(scene: Scene, owner: str, state: str) -> None:
    """Compare the state of the session in the other browser, as the issuer and the API show it."""
    device = scene.person(owner).second_device
    assert device is not None, "there is no second device: let a Given step sign in on one"
    seen = observe(scene, device)
    assert scene.target.is_state(seen, state), f"expected {state}, the session is {seen}"


@when(Phrase("{actor} signs up with {other:owner} address"))
def signs_up_with_address(scene: Scene, actor: str, other: str) -> None:
    """Sign up under an address that was, or is, another person's; her own name and password stay hers."""
    email = scene.person(other).email
    person = scene.person(actor)
    scene.answer = person.browser.sign_up(name=person.name, email=email, password=person.password)
    if scene.verdict == GRANTED:
        keep_token(scene, person, person.browser.renew())


@given(Phrase("the issuer's records {condition}", condition=Word(one_of(*CONDITIONS))))
def records_are(scene: Scene, condition: str) -> None:
    """Take the issuer's database away, or give it back."""
    scene.target.set_records_readable(is_readable=CONDITIONS[condition])


def _records(scene: Scene) -> list[str]:
    engine = create_engine(scene.target.database_url)
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        rows = [row for table in tables.sorted_tables for row in connection.execute(select(table)).all()]
    engine.dispose()
    return [str(value) for row in rows for value in row]


@then(Phrase("the issuer's records hold {extent} of {owner} session credential", extent=Word(one_of(*EXTENTS))))
def records_hold(scene: Scene, extent: str, owner: str) -> None:
    """Search every column of every table for the credential, its signature, its own id and the id of its session."""
    credential = scene.person(owner).browser.credential
    assert credential is not None, "there is no session credential to look for"
    values, draft = _records(scene), Draft(credential, lambda _key_id: scene.target.session_signer())
    hidden = [credential, credential.rpartition(".")[2], draft.value_of("jti")]
    assert not [value for value in values for text in hidden if text in value], "the credential is on record"
    assert (draft.value_of("sid") in values) == EXTENTS[extent], f"the session is on record: {not EXTENTS[extent]}"
