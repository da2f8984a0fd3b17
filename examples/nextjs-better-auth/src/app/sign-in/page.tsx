import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CredentialsForm } from "@/components/credentials-form";
import { findAccount } from "@/lib/server";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignIn() {
  if (await findAccount()) redirect("/account");
  return <CredentialsForm kind="sign-in" />;
}
