"use client";

/** Shown where not even the frame of a page can be made. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Not just now</h1>
          <p>This page cannot be made at the moment. Nothing is lost. Reload it in a moment.</p>
        </main>
      </body>
    </html>
  );
}
