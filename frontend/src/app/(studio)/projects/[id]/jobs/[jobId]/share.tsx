"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ShareShown, sharesCreate, sharesDelete } from "@/client";
import { sharesIndexOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Copied } from "@/parts/copied";
import { Confirm } from "@/parts/dialogs";
import { Pick } from "@/parts/pick";
import { Trouble } from "@/parts/problem";
import { moment } from "@/parts/time";
import { film as said } from "@/words/film";

/** Links by which everybody may watch a film for a while: made, seen, and taken back. */
export function Share({ jobId, title }: { jobId: string; title: string }) {
  const client = useQueryClient();
  const path = { job_id: jobId };
  const links = useQuery(sharesIndexOptions({ path }));
  const [hours, setHours] = useState("168");
  const reload = () => client.invalidateQueries({ queryKey: sharesIndexOptions({ path }).queryKey });
  const share = useMutation({
    mutationFn: async () => {
      const made = (await sharesCreate({ path, body: { hours: Number(hours) }, throwOnError: true })).data;
      return { until: moment(made.expires_at), how: await handOver(made.url, title) };
    },
    onSuccess: reload,
  });
  return (
    <section aria-labelledby="share" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <h2 id="share" className="display text-2xl">
          {said.share}
        </h2>
        <p className="text-sm text-soft">{said.shareText}</p>
      </div>
      <Pick label={said.shareLasts} options={said.shareTerms} value={hours} onChange={setHours} />
      <Button className="self-start" isPending={share.isPending} onPress={() => share.mutate()}>
        {said.share}
      </Button>
      <Trouble error={share.error ?? links.error} />
      <p role="status" className={share.data ? "text-sm" : "sr-only"}>
        {share.data && (share.data.how === "shown" ? said.shareShown : said.shareCopied)(share.data.until)}
      </p>
      {links.data && links.data.length > 0 && (
        <ul className="flex flex-col">
          {links.data.map((one) => (
            <Link key={one.share_id} jobId={jobId} of={one} onEnded={reload} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Link({ jobId, of, onEnded }: { jobId: string; of: ShareShown; onEnded: () => Promise<unknown> }) {
  const until = moment(of.expires_at);
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <Copied label={said.shareLink(until)} value={of.url} copy={said.shareCopy} copied={said.shareTaken} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 text-sm">
        <span className="text-soft">{said.shareEnds(until)}</span>
        <Confirm
          trigger={said.shareEnd}
          label={said.shareEndOf(until)}
          triggerClass="text-sm"
          title={said.shareEndTitle}
          act={said.shareEnd}
          keep={said.shareKeep}
          onAct={async () => {
            await sharesDelete({ path: { job_id: jobId, share_id: of.share_id }, throwOnError: true });
            await onEnded();
          }}
        >
          <p className="text-soft">{said.shareEndText}</p>
        </Confirm>
      </div>
    </li>
  );
}

/** Give a link to whatever shares here; where a browser lets no page do it, it is taken by hand. */
async function handOver(url: string, title: string): Promise<"copied" | "shown"> {
  const isSmall = window.matchMedia("(pointer: coarse)").matches;
  try {
    if (isSmall && navigator.share) await navigator.share({ url, title });
    else await navigator.clipboard.writeText(url);
    return "copied";
  } catch {
    return "shown"; // not allowed, or called off
  }
}
