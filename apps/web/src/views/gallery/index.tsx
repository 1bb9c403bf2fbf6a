"use client";
import { inBrowser } from "../../components/page/in-browser.tsx";
import { WallPlace } from "./wall-place.tsx";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Gallery = inBrowser(() => import("./gallery.tsx").then(({ Gallery }) => Gallery), <WallPlace />);
