"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { CARRIED } from "../state/address/names.ts";
import styles from "./site-header.module.css";
import { views } from "./views.ts";

export function SiteHeader() {
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <Link className={styles.name} href="/" prefetch={false}>
        PixelCNN
      </Link>
      <nav aria-label="Views">
        {/* The address is known in the browser only: until then the links lead to the views as they are. */}
        <Suspense fallback={<Views query="" />}>
          <ViewsOfThisState />
        </Suspense>
      </nav>
    </header>
  );
}

function ViewsOfThisState() {
  const given = useSearchParams();
  const carried = new URLSearchParams();
  for (const name of CARRIED) if (given.has(name)) carried.set(name, given.get(name)!);
  return <Views query={carried.size === 0 ? "" : `?${carried}`} />;
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
