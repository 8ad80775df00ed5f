"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { creditsBalanceQueryKey, creditsCheckoutOptions } from "@/client/@tanstack/react-query.gen";
import { Leading } from "@/parts/controls";
import { Trouble } from "@/parts/problem";
import { credits as said } from "@/words/credits";

/** How often a payment is asked after that was made and is not here yet, in milliseconds. */
const LOOK_MS = 2_000;
const WAITS = new Set(["open", "processing"]);

/** What became of a purchase, for whoever comes back from where it is paid: `?bought=…`, or `?left=…`. */
export function Back() {
  const [back, setBack] = useState({ id: "", isBought: false });
  useEffect(() => {
    const asked = new URLSearchParams(window.location.search);
    setBack({ id: asked.get("bought") ?? asked.get("left") ?? "", isBought: asked.has("bought") });
  }, []);
  if (!/^[0-9a-f-]{36}$/.test(back.id)) return null;
  return <Purchase id={back.id} isBought={back.isBought} />;
}

function Purchase({ id, isBought }: { id: string; isBought: boolean }) {
  const client = useQueryClient();
  const checkout = useQuery({
    ...creditsCheckoutOptions({ path: { checkout_id: id } }),
    refetchInterval: (query) => (isBought && WAITS.has(query.state.data?.status ?? "") ? LOOK_MS : false),
  });
  const status = checkout.data?.status;
  useEffect(() => {
    if (status !== "paid") return;
    void client.invalidateQueries({ queryKey: creditsBalanceQueryKey() });
    void client.invalidateQueries({ queryKey: ["history"] });
  }, [status, client]);
  if (checkout.error) return <Trouble error={checkout.error} again={() => void checkout.refetch()} />;
  if (!checkout.data) return null;
  const isOpen = checkout.data.status === "open";
  const told = checkout.data.status === "paid" ? said.bought.paid(checkout.data.credits) : said.bought[checkout.data.status];
  return (
    <div className={`flex flex-wrap items-center gap-x-6 gap-y-3 border-l-2 py-2 pl-4 ${status === "paid" ? "border-good" : "border-lamp"}`}>
      <p role="status" className="text-lg">
        {isOpen && !isBought ? said.left : told}
      </p>
      {isOpen && !isBought && checkout.data.url && <Leading href={checkout.data.url}>{said.goOn}</Leading>}
    </div>
  );
}
