"use client";
import dynamic from "next/dynamic";
import { WallPlace } from "./wall-place.tsx";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Gallery = dynamic(() => import("./gallery.tsx").then(({ Gallery }) => Gallery), {
  ssr: false,
  loading: () => <WallPlace />,
});
