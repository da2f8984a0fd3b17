"use client";

import { useState } from "react";
import { ask, messageFor, type Message } from "@/lib/issuer";
import { Tabs } from "@/lib/renewal";
import { Notice } from "./notice";
import { useHydrated } from "./use-hydrated";

/** Ends this session, or every session of the account. */
export function EndSession() {
  const [message, setMessage] = useState<Message>();
  const [isBusy, setBusy] = useState(false);
  const isHydrated = useHydrated();
  const isOff = isBusy || !isHydrated;

  async function end(path: "sign-out" | "revoke-sessions") {
    setBusy(true);
    const outcome = await ask(path);
    if (!outcome.ok && !outcome.code.startsWith("session_")) {
      setMessage(messageFor(outcome.code));
      setBusy(false);
      return;
    }
    new Tabs().tellEnd();
    window.location.replace("/sign-in?ended");
  }

  return (
    <>
      {message && (
        <Notice kind="bad" title={message.title}>
          You are still signed in. Try again in a moment.
        </Notice>
      )}
      <p className="actions">
        <button className="button quiet" disabled={isOff} onClick={() => void end("sign-out")}>
          Sign out
        </button>
        <button className="button quiet danger" disabled={isOff} onClick={() => void end("revoke-sessions")}>
          Sign out everywhere
        </button>
      </p>
    </>
  );
}
