import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CredentialsForm } from "@/components/credentials-form";
import { findAccount } from "@/lib/server";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUp() {
  if (await findAccount()) redirect("/account");
  return <CredentialsForm kind="sign-up" />;
}
