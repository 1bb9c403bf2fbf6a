"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense, useLayoutEffect, useState } from "react";
import { CARRIED } from "../state/address/names.ts";
import styles from "./site-header.module.css";
import { views } from "./views.ts";

export function SiteHeader() {
  // The address is known in the browser only: until then the links lead to the views as they are.
  const [query, setQuery] = useState("");
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <Link className={styles.name} href="/" prefetch={false}>
        PixelCNN
      </Link>
      <nav aria-label="Views">
        <Views query={query} />
        {/* Beside the links, which stay the same elements: one that is clicked or has the focus is not replaced under the visitor's hand. */}
        <Suspense fallback={null}>
          <Carried onChange={setQuery} />
        </Suspense>
      </nav>
    </header>
  );
}

/** Tells what of the address other views take along. Shows nothing. */
function Carried({ onChange }: { readonly onChange: (query: string) => void }): null {
  const given = useSearchParams();
  const carried = new URLSearchParams();
  for (const name of CARRIED) if (given.has(name)) carried.set(name, given.get(name)!);
  const query = carried.size === 0 ? "" : `?${carried}`;
  // Before the view is shown, so that no link is behind its address.
  useLayoutEffect(() => onChange(query), [query, onChange]);
  return null;
}

function Views({ query }: { readonly query: string }) {
  const pathname = usePathname();
  return (
    <ul className={styles.views}>
      {views.map(({ path, title }) => (
        <li key={path} className={path === "/" ? styles.first : undefined}>
          <Link
            className={styles.view}
            href={`${path}${query}`}
            prefetch={false}
            aria-current={pathname === path ? "page" : undefined}
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
