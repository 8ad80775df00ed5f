"use client";

import { useEffect, useState } from "react";
import { words } from "@/words";
import { Button } from "./controls";
import { carryOver } from "./kept";
import { lookForNewer, putOff, useStanding } from "./newer";

const said = words.renewed;
/** How often a page that is looked at asks, in milliseconds. */
const LOOK_MS = 300_000;

/** Load the page anew, with what was written on it. */
export function Again() {
  const [isTooMuch, setTooMuch] = useState(false);
  return (
    <>
      {isTooMuch && <p role="alert">{said.tooMuch}</p>}
      <Button
        look="lamp"
        onPress={() => {
          if (carryOver()) window.location.reload();
          else setTooMuch(true);
        }}
      >
        {words.stopped.again}
      </Button>
    </>
  );
}

/** Tells that the studio was renewed while this page stood open. It stands above a page, and in each sheet over it. */
export function Renewed({ className }: { className: string }) {
  const isTold = useStanding() === "old";
  return (
    <div role="status" className={isTold ? `sticky top-0 z-10 border-b border-lamp bg-raised py-3 text-ink ${className}` : "sr-only"}>
      {isTold && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <p className="max-w-prose flex-1 basis-72">
            <strong className="font-semibold">{said.title}</strong> {said.text}
          </p>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
            <Again />
            <Button look="quiet" onPress={putOff}>
              {said.later}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Ask when somebody comes back to the page, and now and then while they are there. */
export function useLooking() {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void lookForNewer();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    const timer = window.setInterval(look, LOOK_MS);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
      window.clearInterval(timer);
    };
  }, []);
}
