import type { Metadata } from "next";
import { PasswordForm } from "@/components/password-form";
import { requireAccount } from "@/lib/server";

export const metadata: Metadata = { title: "Change the password" };

export default async function PasswordPage() {
  const { email } = await requireAccount();
  return <PasswordForm email={email} />;
}
