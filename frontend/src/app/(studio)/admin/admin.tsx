"use client";

import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Role } from "@/client";
import { authMeOptions } from "@/client/@tanstack/react-query.gen";
import { House } from "@/parts/house";
import { admin as said } from "@/words/admin";
import { Audit } from "./audit";
import { Health } from "./health";
import { Letters } from "./letters";
import { Moderation } from "./moderation";
import { Users } from "./users";

const ROOMS = { health: Health, users: Users, moderation: Moderation, letters: Letters, audit: Audit } as const;
type Room = keyof typeof ROOMS;

/** The house's own page: what administrators and moderators look after. */
export function Admin() {
  return (
    <House>
      <Rooms />
    </House>
  );
}

function roomsOf(role: Role): Room[] {
  if (role === "admin") return Object.keys(ROOMS) as Room[];
  return role === "moderator" ? ["moderation"] : [];
}

function Rooms() {
  const me = useQuery(authMeOptions());
  const asked = useHash();
  if (!me.data) return null;
  const rooms = roomsOf(me.data.role);
  const here = rooms.find((room) => room === asked) ?? rooms[0];
  if (!here)
    return (
      <div className="flex flex-col gap-4">
        <h1 className="display text-5xl sm:text-6xl">{said.title}</h1>
        <p className="text-soft">{said.notYours}</p>
      </div>
    );
  const Here = ROOMS[here];
  return (
    <div className="flex flex-col gap-8">
      <h1 className="display text-5xl sm:text-6xl">{said.title}</h1>
      {rooms.length > 1 && (
        <nav aria-label={said.rooms} className="flex flex-wrap gap-x-7 gap-y-1 border-b border-line">
          {rooms.map((room) => (
            <a
              key={room}
              href={`#${room}`}
              aria-current={room === here ? "page" : undefined}
              className={`-mb-px border-b-2 py-2.5 no-underline ${
                room === here ? "border-lamp text-ink" : "border-transparent text-soft hover:text-ink"
              }`}
            >
              {said.room[room]}
            </a>
          ))}
        </nav>
      )}
      <Here />
    </div>
  );
}

function useHash(): string {
  return useSyncExternalStore(
    (told) => {
      window.addEventListener("hashchange", told);
      return () => window.removeEventListener("hashchange", told);
    },
    () => window.location.hash.slice(1),
    () => "",
  );
}
