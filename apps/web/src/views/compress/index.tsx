"use client";
import { inBrowser } from "../../components/page/in-browser.tsx";

/** Made in the browser only: what it shows depends on the address and the device. */
export const Compress = inBrowser(() => import("./compress.tsx").then(({ Compress }) => Compress));
