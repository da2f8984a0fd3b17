import type { ReactNode } from "react";
import { SessionWatch } from "@/components/session-watch";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SessionWatch />
      {children}
    </>
  );
}
