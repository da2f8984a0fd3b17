"use client";

import Link from "next/link";
import { useState, type SubmitEvent } from "react";
import { ask, messageFor, type Message } from "@/lib/issuer";
import { Tabs } from "@/lib/renewal";
import { Field } from "./field";
import { Notice } from "./notice";
import { useHydrated } from "./use-hydrated";

/** Signs a person in, or up; both open a session. */
export function CredentialsForm({ kind, isAfterSession = false }: { kind: "sign-in" | "sign-up"; isAfterSession?: boolean }) {
  const [message, setMessage] = useState<Message>();
  const [isBusy, setBusy] = useState(false);
  const isHydrated = useHydrated();
  const isNew = kind === "sign-up";

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    setBusy(true);
    setMessage(undefined);
    const outcome = await ask(`${kind}/email`, given);
    if (!outcome.ok) {
      setMessage(messageFor(outcome.code, outcome.retryAfterSeconds));
      setBusy(false);
      return;
    }
    // Another tab may hold a token of the account that was signed in before.
    new Tabs().tellEnd();
    // A whole navigation: no page rendered for the session before is shown again.
    window.location.assign("/account");
  }

  return (
    // Were this sent before the script has loaded, a POST would at least keep the password out of the address.
    <form className="card" method="post" onSubmit={(event) => void submit(event)}>
      <h1>{isNew ? "Create an account" : "Sign in"}</h1>
      {message ? (
        <Notice kind="bad" title={message.title}>
          {message.advice}
        </Notice>
      ) : (
        isAfterSession && (
          <Notice kind="calm" title="You are signed out.">
            Sign in to go on.
          </Notice>
        )
      )}
      {isNew && <Field label="Name" name="name" autoComplete="name" maxLength={255} />}
      <Field label="E-mail address" name="email" type="email" autoComplete="username" maxLength={254} />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        minLength={isNew ? 8 : 1}
        maxLength={128}
        hint={isNew ? "8 characters or more." : undefined}
      />
      <button className="button" disabled={isBusy || !isHydrated} aria-busy={isBusy}>
        {isBusy ? "One moment…" : isNew ? "Create the account" : "Sign in"}
      </button>
      <p className="aside">
        {isNew ? "You have one already? " : "No account yet? "}
        <Link href={isNew ? "/sign-in" : "/sign-up"} prefetch={false}>
          {isNew ? "Sign in" : "Create one"}
        </Link>
      </p>
    </form>
  );
}
