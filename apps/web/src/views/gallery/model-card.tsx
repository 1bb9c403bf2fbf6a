"use client";
/** A model as a card: pictures of its own, drawn when the visitor comes to it, real ones below, and one line. The whole card leads to Generate, every picture to itself. */
import Link from "next/link";
import { useRef } from "react";
import { PictureLink } from "../../components/pictures/picture-link.tsx";
import { PictureWall } from "../../components/pictures/picture-wall.tsx";
import { useHasComeNear } from "../../components/pictures/use-has-come-near.ts";
import { siteUrl } from "../../site/fetch-from-site.ts";
import { NEEDS_NETWORK } from "../../site/unfetched.ts";
import { inspectLink } from "../../state/address/inspect-link.ts";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import { usePace } from "../../state/playback/pace.ts";
import { usePlayback, usePlaybackPart } from "../../state/playback/use-playback.ts";
import { useRequest } from "../../state/playback/use-request.ts";
import styles from "./gallery.module.css";

/** In a row, of two: pictures of 16 or 32 pixels fill a card's width five at a time, those of 28 four, at whole screen pixels. */
const columnsOf = (width: number) => (width % 16 === 0 ? 5 : 4);
const ROWS = 2;

export function ModelCard({ entry }: { readonly entry: ModelEntry }) {
  const place = useRef<HTMLElement>(null);
  const isNear = useHasComeNear(place);
  const [{ seed }] = useDrawingState();
  const [pace] = usePace("calm");
  // By the wall's sampler: a page has one.
  const columns = columnsOf(entry.summary?.picture.width ?? 0);
  const count = ROWS * columns;
  const own = { count, label: null, temperature: 1, sampler: "incremental" } as const;
  const request = useRequest(isNear ? entry : null, own);
  const playback = usePlayback(isNear ? entry : null, request, { pace, isUnasked: true });
  const error = usePlaybackPart(playback, "error");
  const { card, real } = entry;
  return (
    <article ref={place} className={styles.card} aria-labelledby={`model-${entry.id}`}>
      <div className={styles.samples}>
        <PictureWall
          playback={playback}
          columns={columns}
          linkOf={(index) => inspectLink({ model: entry.id, seed, index })}
          label={`${count} pictures of the model ${entry.title}`}
        />
        {error !== null && <p {...(error === NEEDS_NETWORK ? {} : { role: "alert" })}>{error}</p>}
      </div>
      {real !== undefined && (
        <figure className={styles.real}>
          <figcaption>Real</figcaption>
          <div className={styles.row}>
            {/* biome-ignore lint/performance/noImgElement: a static export has no image server */}
            <img
              src={siteUrl(real.file)}
              width={real.width}
              height={real.height}
              loading="lazy"
              alt={`Real pictures, ${real.which}`}
            />
            {entry.testPictures !== undefined && (
              <div className={styles.places}>
                {Array.from({ length: real.count }, (_, index) => (
                  <PictureLink
                    // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a picture is called
                    key={index}
                    index={index}
                    href={`/inspect/?${new URLSearchParams({ model: entry.id, picture: `real-${index}` })}`}
                    kind="real picture"
                  />
                ))}
              </div>
            )}
          </div>
        </figure>
      )}
      <h3 id={`model-${entry.id}`} className={styles.line}>
        <Link
          className={styles.whole}
          href={`/generate/?model=${encodeURIComponent(entry.id)}`}
          prefetch={false}
        >
          {card === null ? entry.title : card.line}
        </Link>
      </h3>
      {card !== null && (
        <details className={styles.made}>
          <summary>
            How it was made<span className="visually-hidden">: {card.line}</span>
          </summary>
          <p>{card.lead}</p>
          {real !== undefined && (
            <p>
              Shown are the first {count} draws of seed {seed} and, in the row, real pictures: {real.which}.
              None was chosen.
            </p>
          )}
          <dl className={styles.facts}>
            <div>
              <dt>name</dt>
              <dd>{entry.title}</dd>
            </div>
            {card.facts.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </article>
  );
}
