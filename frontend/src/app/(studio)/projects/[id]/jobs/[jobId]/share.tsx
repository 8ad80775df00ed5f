"use client";

import { useMutation } from "@tanstack/react-query";
import { jobsDownloads } from "@/client";
import { Button } from "@/parts/controls";
import { Refused, Trouble } from "@/parts/problem";
import { clock } from "@/parts/time";
import { words } from "@/words";
import { film as said } from "@/words/film";

/** Something that everybody may watch for a while: a link of its own each time, so that it works as long as it says. */
export function Share({ jobId, title }: { jobId: string; title: string }) {
  const share = useMutation({
    mutationFn: async () => {
      const files = (await jobsDownloads({ path: { job_id: jobId }, throwOnError: true })).data;
      const film = files.find((file) => file.media_type.startsWith("video/"));
      if (!film) throw new Refused(words.unreachable);
      return { url: film.url, until: clock(new Date(Date.now() + film.expires_in * 1000)), how: await handOver(film.url, title) };
    },
  });
  return (
    <section aria-labelledby="share" className="flex flex-col gap-3">
      <h2 id="share" className="display text-2xl">
        {said.share}
      </h2>
      <p className="text-sm text-soft">{said.shareText}</p>
      <Button className="self-start" isPending={share.isPending} onPress={() => share.mutate()}>
        {said.share}
      </Button>
      <Trouble error={share.error} />
      <p role="status" className={share.data ? "text-sm" : "sr-only"}>
        {share.data && (share.data.how === "shown" ? said.shareShown : said.shareCopied)(share.data.until)}
      </p>
      {share.data?.how === "shown" && (
        <input
          readOnly
          aria-label={said.shareLink}
          value={share.data.url}
          onFocus={(event) => event.currentTarget.select()}
          className="script min-h-11 w-full rounded-md border border-edge bg-sunk px-3"
        />
      )}
    </section>
  );
}

/** Give a link to whatever shares here; where a browser lets no page do it, it is shown. */
async function handOver(url: string, title: string): Promise<"copied" | "shown"> {
  const isSmall = window.matchMedia("(pointer: coarse)").matches;
  try {
    if (isSmall && navigator.share) await navigator.share({ url, title });
    else await navigator.clipboard.writeText(url);
    return "copied";
  } catch {
    return "shown"; // not allowed, or called off: the link can be taken by hand
  }
}
