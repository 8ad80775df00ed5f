"use client";

import { useSyncExternalStore } from "react";

/** Whether this device has a network at all, as far as the browser knows. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (told) => {
      window.addEventListener("online", told);
      window.addEventListener("offline", told);
      return () => {
        window.removeEventListener("online", told);
        window.removeEventListener("offline", told);
      };
    },
    () => navigator.onLine !== false,
    () => true,
  );
}
