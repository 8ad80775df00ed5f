"use client";

import { type ImgHTMLAttributes, useEffect, useRef, useState } from "react";

/** Milliseconds after which a picture that did not come is asked for again; twice as many each time. */
const AGAIN_MS = 2_000;
const MOST = 6;

/** A picture from the store. One that did not come, as when the network was gone, is asked for again. */
export function Drawn({ alt, ...rest }: Omit<ImgHTMLAttributes<HTMLImageElement>, "onError" | "alt"> & { alt: string }) {
  const [tries, setTries] = useState(0);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  function again() {
    if (tries < MOST) timer.current = window.setTimeout(() => setTries(tries + 1), AGAIN_MS * 2 ** tries);
  }
  return <img key={tries} alt={alt} onError={again} {...rest} />;
}
