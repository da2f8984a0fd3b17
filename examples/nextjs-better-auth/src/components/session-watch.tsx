"use client";

import { useEffect } from "react";
import { Tabs } from "@/lib/renewal";

/** Leaves the page when the session ends elsewhere in this browser, or when the back button brings a kept copy. */
export function SessionWatch() {
  useEffect(() => {
    const tabs = new Tabs();
    tabs.onEnd = () => {
      window.location.reload();
    };
    const look = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener("pageshow", look);
    return () => {
      tabs.close();
      window.removeEventListener("pageshow", look);
    };
  }, []);
  return null;
}
