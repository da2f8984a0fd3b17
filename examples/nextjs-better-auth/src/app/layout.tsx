import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/wordmark";
import "./style.css";

export const metadata: Metadata = {
  title: { default: "Lighthouse", template: "%s · Lighthouse" },
  description: "A small application on Next.js, Better Auth and FastAPI, under the Watchword contract",
  icons: { icon: "/favicon.svg" },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f6fa" },
    { media: "(prefers-color-scheme: dark)", color: "#10131a" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  // Each answer has its own nonce: no page is rendered ahead of its request.
  await connection();
  return (
    <html lang="en">
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className="top">
          <Wordmark />
        </header>
        <main id="content">{children}</main>
        <footer className="bottom">Next.js · Better Auth · FastAPI, under the Watchword contract</footer>
      </body>
    </html>
  );
}
