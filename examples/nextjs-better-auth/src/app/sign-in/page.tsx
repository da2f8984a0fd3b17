import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CredentialsForm } from "@/components/credentials-form";
import { findAccount } from "@/lib/server";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignIn({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  if (await findAccount()) redirect("/account");
  return <CredentialsForm kind="sign-in" isAfterSession={"ended" in (await searchParams)} />;
}
