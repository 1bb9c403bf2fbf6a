"use client";
import dynamic from "next/dynamic";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Generate = dynamic(() => import("./generate.tsx").then(({ Generate }) => Generate), {
  ssr: false,
});
