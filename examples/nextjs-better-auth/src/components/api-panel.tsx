"use client";

import { useEffect, useRef, useState } from "react";
import { ApiClient, SessionEnded, Tabs, Unreachable, codeOf } from "@/lib/renewal";
import { Notice } from "./notice";
import { useHydrated } from "./use-hydrated";

type Way = "direct" | "bff";

interface Identity {
  sub: string;
  sid: string;
  client_id: string;
}

interface Entry {
  party: "issuer" | "api" | "server";
  status: number;
  code: string;
}

type Answer = { kind: "identity"; identity: Identity } | { kind: "trouble"; title: string; advice: string };

const WAYS: Readonly<Record<Way, { name: string; note: string }>> = {
  direct: { name: "Directly", note: "This page holds the token in memory and sends it to the API itself." },
  bff: { name: "Through this server", note: "The server calls the API for you. No token ever reaches this page." },
};
const PARTIES = { issuer: "Issuer", api: "API", server: "This server" } as const;

/** Calls the API either way, and shows what was asked of whom. */
export function ApiPanel({ apiUrl }: { apiUrl: string }) {
  const [way, setWay] = useState<Way>("direct");
  const [answer, setAnswer] = useState<Answer>();
  const [entries, setEntries] = useState<Entry[]>([]);
  const [isBusy, setBusy] = useState(false);
  const isHydrated = useHydrated();
  const client = useClient(apiUrl, (entry) => {
    setEntries((before) => [...before, entry]);
  });

  async function call() {
    setBusy(true);
    setEntries([]);
    try {
      setAnswer(way === "direct" ? await readDirectly(client.current) : await readThroughServer((entry) => { setEntries([entry]); }));
    } catch (error) {
      if (error instanceof SessionEnded) {
        // The cookie is dead, or about to be: the other tabs learn it with this one.
        new Tabs().tellEnd();
        window.location.replace("/sign-in?ended");
        return;
      }
      setAnswer(troubleOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="card" aria-labelledby="api">
      <h2 id="api">Ask the API who you are</h2>
      <fieldset className="ways">
        <legend>The way there</legend>
        {(Object.keys(WAYS) as Way[]).map((name) => (
          <label key={name}>
            <input type="radio" name="way" checked={way === name} onChange={() => { setWay(name); }} />
            {WAYS[name].name}
          </label>
        ))}
      </fieldset>
      <p className="aside">{WAYS[way].note}</p>
      <button className="button" disabled={isBusy || !isHydrated} aria-busy={isBusy} onClick={() => void call()}>
        {isBusy ? "Asking…" : "Call the API"}
      </button>
      <div className="answer" aria-live="polite">
        {answer && <Shown answer={answer} />}
        {entries.length > 0 && <Requests entries={entries} />}
      </div>
    </section>
  );
}

function Shown({ answer }: { answer: Answer }) {
  if (answer.kind === "trouble") {
    return (
      <Notice kind="bad" title={answer.title}>
        {answer.advice}
      </Notice>
    );
  }
  return (
    <dl className="facts">
      <dt>Account</dt>
      <dd>{answer.identity.sub}</dd>
      <dt>Session</dt>
      <dd>{answer.identity.sid}</dd>
      <dt>Client</dt>
      <dd>{answer.identity.client_id}</dd>
    </dl>
  );
}

function Requests({ entries }: { entries: Entry[] }) {
  return (
    <ol className="requests" aria-label="Requests made">
      {entries.map((entry, index) => (
        <li key={index} className={entry.code ? "refused" : "granted"}>
          <span>{PARTIES[entry.party]}</span>
          <span>{entry.code || "answered"}</span>
          <span>{entry.status}</span>
        </li>
      ))}
    </ol>
  );
}

/** One client for the life of the page: its token is in no state, no prop and no storage. */
function useClient(apiUrl: string, onRequest: (entry: Entry) => void) {
  const client = useRef<ApiClient>(null);
  useEffect(() => {
    const tabs = new Tabs();
    client.current = new ApiClient({ apiUrl, onRequest, tabs });
    return () => {
      tabs.close();
    };
    // Not anew for each rendering: the token would be lost.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [apiUrl]);
  return client;
}

async function readDirectly(client: ApiClient | null): Promise<Answer> {
  if (!client) throw new Unreachable("api");
  return answerOf(await client.request("/me"));
}

async function readThroughServer(onRequest: (entry: Entry) => void): Promise<Answer> {
  const response = await fetch("/bff/me", { credentials: "same-origin", cache: "no-store" }).catch(() => {
    throw new Unreachable("issuer");
  });
  const code = response.ok ? "" : await codeOf(response);
  onRequest({ party: "server", status: response.status, code });
  if (code.startsWith("session_")) throw new SessionEnded(code);
  if (code === "issuer_unavailable") throw new Unreachable("issuer");
  if (code === "api_unavailable" || response.status === 503) throw new Unreachable("api");
  return answerOf(response);
}

async function answerOf(response: Response): Promise<Answer> {
  if (response.ok) return { kind: "identity", identity: (await response.json()) as Identity };
  const title = `The API refused: ${await codeOf(response)}.`;
  return { kind: "trouble", title, advice: "Your session is untouched." };
}

function troubleOf(error: unknown): Answer {
  const isApi = error instanceof Unreachable && error.party === "api";
  return {
    kind: "trouble",
    title: isApi ? "The API does not answer." : "This site does not answer.",
    advice: "You are still signed in, and nothing is lost. Try again in a moment.",
  };
}
