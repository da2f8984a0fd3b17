"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page's script runs yet: what needs it is not offered before. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
