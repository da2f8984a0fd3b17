import Link from "next/link";
import { redirect } from "next/navigation";
import { findAccount } from "@/lib/server";

export default async function Home() {
  if (await findAccount()) redirect("/account");
  return (
    <section className="hero">
      <h1>
        Sign in here. <span>Be known there.</span>
      </h1>
      <p className="lead">
        This server checks your password and keeps your session in a cookie that no script can read. Another server, the
        API, knows you by a token that lives five minutes.
      </p>
      <p className="actions">
        <Link className="button" href="/sign-up" prefetch={false}>
          Create an account
        </Link>
        <Link className="button quiet" href="/sign-in" prefetch={false}>
          Sign in
        </Link>
      </p>
    </section>
  );
}
