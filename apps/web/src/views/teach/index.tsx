"use client";
import { inBrowser } from "../../components/page/in-browser.tsx";

/** Made in the browser only: what it shows depends on what was drawn. */
export const Teach = inBrowser(() => import("./teach.tsx").then(({ Teach }) => Teach));
