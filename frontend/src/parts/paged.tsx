"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "./controls";

interface PageOf<T> {
  items: T[];
  next?: string | null;
}

/** A list that comes in pages: each is asked for when it is wanted. */
export function usePaged<T>(queryKey: readonly unknown[], ask: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>) {
  const asked = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam || undefined, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return { ...asked, items: asked.data?.pages.flatMap((page) => page.items) ?? [] };
}

interface MoreProps {
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: string;
}

/** Asks for the next page, where there is one. */
export function More({ of, children }: MoreProps) {
  if (!of.hasNextPage) return null;
  return (
    <Button className="self-start" isPending={of.isFetchingNextPage} onPress={() => void of.fetchNextPage()}>
      {children}
    </Button>
  );
}
