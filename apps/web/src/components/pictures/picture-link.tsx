"use client";
import Link from "next/link";
import styles from "./picture-wall.module.css";

interface PictureLinkProps {
  /** Place in the wall, from 0. */
  readonly index: number;
  /** Left out, the picture leads nowhere. */
  readonly href: string | undefined;
  /** What it is, for screen readers: "picture" when left out. */
  readonly kind?: string;
  /** Left out where the link lies over its picture. */
  readonly children?: React.ReactNode;
}

/** A picture of a wall that leads to itself in Inspect. All of a wall are one stop of the tab key. */
export function PictureLink({ index, href, kind = "picture", children }: PictureLinkProps) {
  if (href === undefined) return children;
  return (
    <Link
      className={styles.link}
      href={href}
      prefetch={false}
      tabIndex={index === 0 ? 0 : -1}
      aria-label={`Inspect ${kind} ${index + 1}`}
      onKeyDown={moveFocus}
    >
      {children}
    </Link>
  );
}

/** Arrow keys go from picture to picture; Tab leaves the wall, and comes back to the one that was left. */
function moveFocus(event: React.KeyboardEvent<HTMLAnchorElement>): void {
  const wall = event.currentTarget.parentElement!;
  const links = [...wall.querySelectorAll("a")];
  const at = links.indexOf(event.currentTarget);
  const inARow = Number(wall.style.getPropertyValue("--columns"));
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -inARow,
    ArrowDown: inARow,
    Home: -at,
    End: links.length - 1 - at,
  };
  const next = links[at + (steps[event.key] ?? Number.NaN)];
  if (next === undefined) return;
  event.preventDefault();
  links[at]!.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
