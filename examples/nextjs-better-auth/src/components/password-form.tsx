"use client";

import Link from "next/link";
import { useState, type SubmitEvent } from "react";
import { ask, messageFor, type Message } from "@/lib/issuer";
import { Tabs } from "@/lib/renewal";
import { Field } from "./field";
import { Notice } from "./notice";
import { useHydrated } from "./use-hydrated";

const WRONG: Message = { title: "That is not the current password.", advice: "Nothing was changed." };

/** Replaces the password; every other session of the account ends. */
export function PasswordForm({ email }: { email: string }) {
  const [message, setMessage] = useState<Message>();
  const [state, setState] = useState<"open" | "busy" | "done">("open");
  const isHydrated = useHydrated();

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    setState("busy");
    setMessage(undefined);
    const outcome = await ask("change-password", given);
    if (outcome.ok) {
      setState("done");
    } else if (outcome.code.startsWith("session_")) {
      new Tabs().tellEnd();
      window.location.replace("/sign-in?ended");
    } else {
      setMessage(outcome.code === "credentials_invalid" ? WRONG : messageFor(outcome.code, outcome.retryAfterSeconds));
      setState("open");
    }
  }

  if (state === "done") {
    return (
      <section className="card">
        <h1>Change the password</h1>
        <Notice kind="good" title="The password is changed.">
          Every other session of your account has ended. This one goes on.
        </Notice>
        <p className="actions">
          <Link className="button" href="/account" prefetch={false}>
            Back to the account
          </Link>
        </p>
      </section>
    );
  }
  return (
    <form className="card" method="post" onSubmit={(event) => void submit(event)}>
      <h1>Change the password</h1>
      {message && (
        <Notice kind="bad" title={message.title}>
          {message.advice}
        </Notice>
      )}
      {/* A password manager needs to know whose password changes. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Current password" name="currentPassword" type="password" autoComplete="current-password" maxLength={128} />
      <Field
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        hint="8 characters or more."
      />
      <p className="actions">
        <button className="button" disabled={state === "busy" || !isHydrated} aria-busy={state === "busy"}>
          {state === "busy" ? "One moment…" : "Change the password"}
        </button>
        <Link className="button quiet" href="/account" prefetch={false}>
          Cancel
        </Link>
      </p>
    </form>
  );
}
