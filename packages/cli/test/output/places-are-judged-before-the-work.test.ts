import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkAnimation, checkSheet, planDrawing } from "@pixelcnn/drawing";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { isStandardOutput, outputFile } from "../../src/output/output-file.ts";
import { refusalOf } from "../../src/output/refusal.ts";
import { shown } from "../../src/output/shown.ts";
import { generateDefaults } from "../../src/settings/generate-settings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
mkdirSync(at("taken"));
writeFileSync(at("file"), "");

describe("a place for a file", () => {
  it.each(["new.png", "NEW.PNG", "made/for/it.png", "no-extension"])("%s is taken", async (name) => {
    expect(await outputFile("--out", at(name), ".png")).toBe(at(name));
    expect(readdirSync(folder)).not.toContain("made"); // it is judged, not made
  });

  it.each([
    ["a folder", "taken", `--out: expected a file, got the folder ${at("taken")}; name a .png file in it`],
    ["a folder to be", "new/", `--out: expected a file, got the folder ${at("new")}; name a .png file in it`],
    ["another format", "sheet.jpg", "--out: expected a name that ends in .png, the only format"],
    [
      "a place below a file",
      "file/sheet.png",
      `--out: ${at("file")}: expected a folder in that path, got a file`,
    ],
  ])("%s is refused", async (_, name, message) => {
    const error = await outputFile("--out", `${folder}/${name}`, ".png").catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message.slice(0, message.length)).toBe(message);
    expect((error as Error).message).not.toContain("\n");
  });

  // Root may write everywhere.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "that is read-only is refused",
    async () => {
      mkdirSync(at("locked"));
      chmodSync(at("locked"), 0o500);
      await expect(outputFile("--out", at("locked/new.png"), ".png")).rejects.toThrow(
        /permission.*\(EACCES\)/,
      );
    },
  );

  it.skipIf(process.platform === "win32")(
    "may be a pipe, a device or a link, whatever its name is",
    async () => {
      execFileSync("mkfifo", [at("pipe.jpg")]);
      symlinkSync("/dev/null", at("null.gif"));
      symlinkSync(at("elsewhere.png"), at("link.png"));
      for (const name of ["pipe.jpg", "null.gif", "link.png"])
        expect(await outputFile("--out", at(name), ".png")).toBe(at(name));
      await expect(outputFile("--out", "/dev/fd/63", ".png")).rejects.toThrow(
        /not handed on; use --out - and a pipe/,
      );
    },
  );

  it("standard output has several names", () => {
    expect(["-", "/dev/stdout", "/dev/fd/1", "out.png"].map(isStandardOutput)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("a sheet", () => {
  const picture = { height: 16, width: 16, channels: 1, levels: 4 };

  it("that memory holds is taken", () => {
    expect(() => checkSheet(picture, 20_000, { columns: 142, scale: 4 })).not.toThrow();
    expect(() => checkAnimation(picture, 40, { columns: 10, scale: 4 }, 42)).not.toThrow();
  });

  it("that it does not hold is refused before a picture is drawn", () => {
    // 142 columns of 16·64 pixels, 143 gaps of 32; 141 rows and 142 gaps.
    expect(() => checkSheet(picture, 20_000, { columns: 142, scale: 64 })).toThrow(
      `got ${Math.ceil((149_984 * 148_928) / 2 ** 20)} for 20000 pictures at scale 64 (149984×148928 pixels); choose a smaller --count or --scale`,
    );
    expect(() => checkAnimation(picture, 1000, { columns: 1, scale: 8 }, 1)).toThrow(
      /at most 65535 pixels a side/,
    );
    expect(() => checkAnimation(picture, 10_000, { columns: 100, scale: 8 }, 42)).toThrow(/42 frames/);
  });
});

describe("--class all", () => {
  const network = { classes: 10 } as Parameters<typeof planDrawing>[1];
  const settings = (count: number) => ({ ...generateDefaults, class: "all", count });

  it("draws as many pictures as were asked for, or none", () => {
    expect(planDrawing(settings(20), network, true).count).toBe(20);
    expect(() => planDrawing(settings(4), network, true)).toThrow(
      "--count: expected a multiple of 10, the number of classes, with --class all, got 4; choose 10, or leave --class out",
    );
  });

  it("fills its rows where nobody asked for a number", () => {
    const plan = planDrawing(settings(40), { ...network, classes: 26 }, false);
    expect(plan.count).toBe(52);
  });
});

describe("a message", () => {
  it("shows numbers that JSON has not", () => {
    expect(shown(Number.POSITIVE_INFINITY)).toBe('"Infinity"');
    expect(shown([1, Number.NaN])).toBe('[1,"NaN"]');
  });

  it("is one line for what the system refuses, with what to do, and none for a fault of the app", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      ...{ code: "ENOSPC", syscall: "write" },
    });
    expect(refusalOf(full)).toBe(
      "standard output: no space is left there; free some, or name another place (ENOSPC)",
    );
    expect(refusalOf(Object.assign(full, { path: "/x" }))).toMatch(/^\/x: no space is left there/);
    expect(refusalOf(new RangeError("Invalid array length"))).toBeNull();
    expect(refusalOf("ENOSPC")).toBeNull();
  });
});
