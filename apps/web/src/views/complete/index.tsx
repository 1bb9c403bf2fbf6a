"use client";
import dynamic from "next/dynamic";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Complete = dynamic(() => import("./complete.tsx").then(({ Complete }) => Complete), {
  ssr: false,
});
