"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./site-header.module.css";
import { views } from "./views.ts";

export function SiteHeader() {
  const pathname = usePathname();
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <Link className={styles.name} href="/" prefetch={false}>
        PixelCNN
      </Link>
      <nav aria-label="Views">
        <ul className={styles.views}>
          {views.map(({ path, title }) => (
            <li key={path}>
              <Link
                className={styles.view}
                href={path}
                prefetch={false}
                aria-current={pathname === path ? "page" : undefined}
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
