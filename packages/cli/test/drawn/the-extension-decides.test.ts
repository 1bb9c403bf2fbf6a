import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseNpy } from "@pixelcnn/core/data";
import { decode } from "fast-png";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { drawnPlace } from "../../src/drawn/place.ts";
import { screenText } from "../../src/drawn/screen-text.ts";
import { finishedOf, writeDrawn } from "../../src/drawn/write-drawn.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
mkdirSync(at("full"));
writeFileSync(at("full/file"), "");
mkdirSync(at("empty"));

/** Three pictures of two pixels by two, of which the second is not finished. */
const picture = { height: 2, width: 2, channels: 1, levels: 4 };
const levels = Uint8Array.of(0, 1, 2, 3, 9, 9, 9, 9, 3, 3, 0, 0);
const drawn = finishedOf({ pixels: levels, finished: [true, false, true] }, picture, [7, 8, 9]);

describe("--out", () => {
  it.each([
    ["sheet.png", "png"],
    ["SHEET.PNG", "png"],
    ["growing.gif", "gif"],
    ["levels.npy", "npy"],
    ["levels.npz", "npz"],
    ["pictures", "folder"],
    ["pictures.d/", "folder"],
    ["empty", "folder"],
  ])("%s: %s", async (name, kind) => {
    expect((await drawnPlace(`${folder}/${name}`)).kind).toBe(kind);
  });

  it.each([
    ["sheet.jpg", "expected a name that ends in .png or .gif or .npy or .npz, the only formats"],
    ["full", `expected an empty folder or none at ${at("full")}, got one with files`],
    ["full/file/x.png", `${at("full/file")}: expected a folder in that path, got a file`],
  ])("%s is refused", async (name, message) => {
    const error = await drawnPlace(at(name)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message).toContain(message);
  });
});

describe("finished pictures", () => {
  it("as an array, and with their labels", async () => {
    await writeDrawn({ kind: "npy", path: at("a.npy") }, drawn, { columns: 1, scale: 1 });
    const expected = { shape: [2, 2, 2], values: Uint8Array.of(0, 1, 2, 3, 3, 3, 0, 0) };
    expect(parseNpy(new Uint8Array(readFileSync(at("a.npy"))), "a")).toEqual(expected);
    await writeDrawn({ kind: "npz", path: at("a.npz") }, drawn, { columns: 1, scale: 1 });
    const files = unzipSync(readFileSync(at("a.npz")));
    expect(Object.keys(files)).toEqual(["pictures.npy", "labels.npy"]);
    expect(parseNpy(files["pictures.npy"]!, "a")).toEqual(expected);
    expect(parseNpy(files["labels.npy"]!, "a")).toEqual({ shape: [2], values: Uint16Array.of(7, 9) });
  });

  it("as a folder: a file each, in a folder a class", async () => {
    await writeDrawn({ kind: "folder", path: at("f") }, drawn, { columns: 1, scale: 1 });
    expect(listing(at("f"))).toEqual(["7", "7/1.png", "9", "9/2.png"]);
    expect([...decode(readFileSync(at("f/7/1.png"))).data]).toEqual([0, 85, 170, 255]);
    const plain = { ...drawn, labels: null };
    await writeDrawn({ kind: "folder", path: at("g") }, plain, { columns: 1, scale: 1 });
    expect(listing(at("g"))).toEqual(["1.png", "2.png"]);
  });

  it("on the screen: literal frames with and without colour", () => {
    expect(screenText(drawn, { columns: 80, rows: 24, colour: 0 })).toEqual(["  -- @@@@", "**@@     "]);
    const [first, ...rest] = screenText(drawn, { columns: 3, rows: 6, colour: 24 });
    expect(first).toBe(
      "\x1b[38;2;0;0;0m\x1b[48;2;170;170;170m▀\x1b[38;2;85;85;85m\x1b[48;2;255;255;255m▀\x1b[39m\x1b[49m",
    );
    expect(rest).toEqual(["", expect.stringContaining("▀")]);
    expect(screenText(drawn, { columns: 3, rows: 3, colour: 24 })).toEqual([first, "and 1 more"]);
  });
});
