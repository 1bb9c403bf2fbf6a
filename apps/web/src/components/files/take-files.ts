/**
 * What becomes of files that are dropped: models are opened, a picture, or a file of compressed ones, goes to the view that wants it, everything
 * else gets one line.
 */

import { type FileMessage, useModels } from "../../state/models/model-store.ts";
import { LEAST_PICTURES, MOST_PICTURES } from "../../workers/teaching/lesson.ts";
import { usePictureTaker } from "./dropped-picture.ts";

const SHOWING_MODELS = [
  { path: "/generate/", text: "Generate" },
  { path: "/complete/", text: "Complete" },
  { path: "/inspect/", text: "Inspect" },
  { path: "/compress/", text: "Compress" },
];

/** @param openModel opens a model file and chooses it; tells the visitor in any case. */
export async function takeFiles(
  files: readonly File[],
  openModel: (file: File) => Promise<void>,
): Promise<void> {
  const kinds = await Promise.all(files.map(kindOf));
  const of = (kind: Kind) => files.filter((_, i) => kinds[i] === kind);
  const told: FileMessage[] = [];
  for (const file of of("model")) {
    await openModel(file);
    const { fileMessage } = useModels.getState();
    if (fileMessage !== null) told.push(fileMessage);
  }
  const isShown = SHOWING_MODELS.some(({ path }) => window.location.pathname.endsWith(path));
  if (!isShown && told.some(({ kind }) => kind === "success")) {
    told.push({ kind: "success", text: "Use it in:", ways: waysWith(SHOWING_MODELS) });
  }
  if (kinds.includes("picture")) told.push(...givePictures(of("picture")));
  const [compressed] = of("compressed");
  if (compressed !== undefined) told.push(...giveCompressed(compressed));
  for (const { name } of of("other")) {
    told.push({ kind: "error", text: `${name} is neither a picture nor a model file (.safetensors).` });
  }
  for (const { name } of of("unreadable")) {
    told.push({ kind: "error", text: `${name} cannot be read: drop the files of a folder, not the folder.` });
  }
  useModels.setState({ fileMessage: told.length === 0 ? null : joined(told) });
}

/** To the view, when it wants pictures; else the visitor is asked which view shall have them. */
function givePictures(files: readonly File[]): FileMessage[] {
  const { taker } = usePictureTaker.getState();
  const count = files.length;
  usePictureTaker.setState({ waiting: files });
  if (taker?.several) return [];
  const { name } = files[0]!;
  const only = count > 1 ? ` One picture at a time: this is the first of ${count}.` : "";
  if (taker !== null) return only === "" ? [] : [{ kind: "success", text: `${name}:${only}` }];
  const isLesson = count >= LEAST_PICTURES && count <= MOST_PICTURES;
  const ways = waysWith([
    ...(isLesson ? [{ path: "/teach/", text: "Teach all of them" }] : []),
    { path: "/complete/", text: "Complete it" },
    { path: "/inspect/", text: "Inspect it" },
    { path: "/compress/", text: "Compress it" },
  ]);
  return [{ kind: "success", text: `${name} is a picture, not a model.${only}`, ways }];
}

function giveCompressed(file: File): FileMessage[] {
  usePictureTaker.setState({ waiting: [file] });
  if (usePictureTaker.getState().taker?.compressed) return [];
  const ways = waysWith([{ path: "/compress/", text: "See them" }]);
  return [{ kind: "success", text: `${file.name} holds compressed pictures.`, ways }];
}

/** They have the model in use. */
function waysWith(ways: NonNullable<FileMessage["ways"]>): NonNullable<FileMessage["ways"]> {
  const model = new URLSearchParams(window.location.search).get("model");
  const query = model === null ? "" : `?${new URLSearchParams({ model })}`;
  return ways.map(({ path, text }) => ({ path: `${path}${query}`, text }));
}

function joined(told: readonly FileMessage[]): FileMessage {
  return {
    kind: told.some(({ kind }) => kind === "error") ? "error" : "success",
    text: told.map(({ text }) => text).join(" "),
    ways: told.flatMap(({ ways }) => ways ?? []),
  };
}

type Kind = "picture" | "compressed" | "model" | "other" | "unreadable";

/** By its first bytes; a file that says it is one or the other is told what is wrong with it by who opens it. */
async function kindOf(file: File): Promise<Kind> {
  let head: string;
  try {
    head = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  } catch {
    return "unreadable";
  }
  if (/^(\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF.{4}WEBP)/s.test(head)) return "picture";
  if (head.startsWith("PXC\x1a")) return "compressed";
  if (file.name.endsWith(".safetensors") || head[8] === "{") return "model";
  return file.type.startsWith("image/") ? "picture" : "other";
}
