import { siteUrl } from "./fetch-from-site.ts";

/**
 * Asks the browser to keep the site, so that the next visit needs no network: once the page has what it needs itself. A browser that keeps
 * nothing (a private window, a page that is not secure) goes on without.
 */
export function keepForOffline(): void {
  // The development server has no build to keep.
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
  const register = () => void navigator.serviceWorker.register(siteUrl("service-worker.js")).catch(() => {});
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(register);
  if (document.readyState === "complete") whenIdle();
  else window.addEventListener("load", whenIdle, { once: true });
}
