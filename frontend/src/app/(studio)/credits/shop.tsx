"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { creditsBuy, type PackageShown } from "@/client";
import { creditsPackagesOptions, creditsPriceListOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { newKey } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { money } from "@/parts/time";
import { credits as said } from "@/words/credits";

/** Packages of credits: each leads to a page of Stripe's, where it is paid for. */
export function Shop() {
  const packages = useQuery(creditsPackagesOptions());
  const keys = useRef(new Map<string, string>());
  const buy = useMutation({
    mutationFn: async (package_id: string) => {
      // The same key as long as it has not come to a page: asked twice, it is one purchase.
      const key = keys.current.get(package_id) ?? newKey();
      keys.current.set(package_id, key);
      return (await creditsBuy({ body: { package_id }, headers: { "Idempotency-Key": key }, throwOnError: true })).data;
    },
    onSuccess: (checkout, package_id) => {
      keys.current.delete(package_id);
      if (checkout.url) window.location.assign(checkout.url);
    },
  });
  if (packages.data?.length === 0) return null;
  return (
    <Section id="buy" title={said.buy} text={said.buyText}>
      <Trouble error={packages.error} again={() => void packages.refetch()} />
      <Trouble error={buy.error} />
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-5">
        {packages.data?.map((one) => (
          <Package
            key={one.id}
            of={one}
            isGoing={buy.variables === one.id && (buy.isPending || buy.isSuccess)}
            isDisabled={buy.isPending || buy.isSuccess}
            onBuy={() => buy.mutate(one.id)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface PackageProps {
  of: PackageShown;
  isGoing: boolean;
  isDisabled: boolean;
  onBuy: () => void;
}

function Package({ of, isGoing, isDisabled, onBuy }: PackageProps) {
  return (
    <li className="flex flex-col justify-between gap-6 rounded-xl border border-line bg-raised p-6">
      <div className="flex flex-col gap-2">
        <p className="display text-4xl tabular-nums">{said.count(of.credits)}</p>
        <p>
          {money(of.price, of.currency)} <span className="text-sm text-soft">{said.each(money(Math.round(of.price / of.credits), of.currency))}</span>
        </p>
      </div>
      <Button look="lamp" isDisabled={isDisabled} onPress={onBuy}>
        {isGoing ? said.going : said.buyOne(of.credits)}
      </Button>
    </li>
  );
}

/** What films cost. */
export function Prices() {
  const prices = useQuery(creditsPriceListOptions());
  if (!prices.data) return null;
  return (
    <Section id="prices" title={said.prices}>
      <ul>
        {Object.entries(prices.data.per_minute).map(([maker, count]) => (
          <Row key={maker}>
            <span>{said.makers[maker] ?? said.unlisted(maker)}</span>
            <span className="text-sm text-soft">{said.perMinute(count)}</span>
          </Row>
        ))}
      </ul>
    </Section>
  );
}
