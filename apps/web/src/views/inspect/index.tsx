"use client";
import dynamic from "next/dynamic";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Inspect = dynamic(() => import("./inspect.tsx").then(({ Inspect }) => Inspect), {
  ssr: false,
});
