import type { Metadata } from "next";
import Link from "next/link";
import { ApiPanel } from "@/components/api-panel";
import { EndSession } from "@/components/end-session";
import { requireAccount, server } from "@/lib/server";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const account = await requireAccount();
  return (
    <>
      <section className="who">
        <span className="face" aria-hidden="true">
          {account.name.slice(0, 1).toUpperCase()}
        </span>
        <div>
          <h1>{account.name}</h1>
          <p>{account.email}</p>
        </div>
      </section>
      <ApiPanel apiUrl={server().settings.apiUrl} />
      <section className="card">
        <h2>Your session</h2>
        <p className="aside">
          Signed in <time dateTime={account.signedInAt.toISOString()}>{utc(account.signedInAt)}</time>
        </p>
        <EndSession />
        <p className="aside">
          <Link href="/account/password" prefetch={false}>
            Change the password
          </Link>
          , which ends every other session.
        </p>
      </section>
    </>
  );
}

function utc(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace("T", " at ")} UTC`;
}
