import type { ReactNode } from "react";

/** Says what happened; screen readers hear it at once. */
export function Notice({ kind, title, children }: { kind: "bad" | "good" | "calm"; title: string; children?: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <strong>{title}</strong>
      {children && <span>{children}</span>}
    </div>
  );
}
