"use client";

import { Notice } from "@/components/notice";

/** Shown where a page cannot be made: the database does not answer, most likely. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <section className="card">
      <h1>Not just now</h1>
      <Notice kind="bad" title="Accounts cannot be reached.">
        Nothing is lost, and nobody was signed out. It is our fault, not yours.
      </Notice>
      <p className="actions">
        <button className="button" onClick={() => { reset(); window.location.reload(); }}>
          Try again
        </button>
      </p>
    </section>
  );
}
