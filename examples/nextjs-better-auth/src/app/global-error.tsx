"use client";

import "./style.css";

/** Shown where not even the frame of a page can be made. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <section className="card">
            <h1>Not just now</h1>
            <p>This page cannot be made at the moment. Nothing is lost. Reload it in a moment.</p>
          </section>
        </main>
      </body>
    </html>
  );
}
