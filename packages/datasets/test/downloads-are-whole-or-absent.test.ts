// One file although long: a row for every way in which a server can fail, over one set.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatasetsError, fetchSet } from "@pixelcnn/datasets";
import { describe, expect, it } from "vitest";
import { type Behaviour, good, send, serve } from "./support/file-server.ts";
import { content, setFrom } from "./support/set-from.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const options = { stallMs: 300, pauseMs: 1 };
const flipped = Buffer.from(content);
flipped[123_456]! ^= 1;
const truncated: Behaviour = (request, response) => send(request, response, content, 100_000);

/** What the folder holds must be nothing or the file itself; parts are hidden. */
function expectNothingWrong(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(".")) continue;
    expect(name).toBe("numbers.bin");
    expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
  }
}

/** Whole afterwards, and nothing beside it. */
function expectWhole(folder: string): void {
  expect(readdirSync(folder)).toEqual(["numbers.bin"]);
  expectNothingWrong(folder);
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(DatasetsError);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("a good server", () => {
  it("gives the file in one request, and is not asked again", async () => {
    const server = await serve(good);
    const dataDir = temporaryFolder();
    const folder = await fetchSet(setFrom(server), [dataDir], options);
    expect(folder).toBe(join(dataDir, "numbers"));
    expectWhole(folder);
    await fetchSet(setFrom(server), [dataDir], options);
    expect(server.ranges).toEqual([""]);
  });

  it("mends a file that is damaged on the disk", async () => {
    const server = await serve(good);
    const dataDir = temporaryFolder();
    const folder = await fetchSet(setFrom(server), [dataDir], options);
    writeFileSync(join(folder, "numbers.bin"), flipped);
    await fetchSet(setFrom(server), [dataDir], options);
    expectWhole(folder);
  });
});

describe("a bad server never leaves a wrong file, and a later run completes", () => {
  const disappearing: Behaviour = (request, response, count) =>
    count === 1 ? send(request, response, content, 50_000) : response.writeHead(404).end();
  const stalling: Behaviour = (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1000));
  };
  const tooMuch: Behaviour = (_, response) => {
    response.writeHead(200);
    response.end(Buffer.concat([content, content]));
  };
  const page: Behaviour = (_, response) => response.end("<html>please log in</html>");
  const otherRange: Behaviour = (request, response, count) => {
    if (count === 1) return send(request, response, content, 50_000);
    response.writeHead(206, { "content-range": `bytes 0-9/${content.length}` }).end("0123456789");
  };

  it.each<[string, Behaviour, RegExp]>([
    ["truncated every time", truncated, /got [\d.:]+ connection broken off; put/],
    ["corrupt", (request, response) => send(request, response, flipped), /wrong SHA-256/],
    ["stalling", stalling, /no byte for 0.3 s/],
    ["disappearing half way", disappearing, /HTTP 404/],
    ["longer than the file", tooMuch, /more than 300000 bytes/],
    ["a page to log in", page, /26 bytes instead of 300000/],
    ["an empty answer", (_, response) => response.writeHead(204).end(), /HTTP 204/],
    ["an error", (_, response) => response.writeHead(500).end(), /HTTP 500/],
    ["another range than wanted", otherRange, /range bytes 0-9/],
    ["no HTTP", (_, response) => response.socket!.end("hello\r\n\r\n"), /HPE_/],
  ])("%s", async (_, behaviour, message) => {
    const bad = await serve(behaviour);
    const dataDir = temporaryFolder();
    const folder = join(dataDir, "numbers");
    const text = await refusal(fetchSet(setFrom(bad), [dataDir], options));
    expect(text).toMatch(message);
    expect(text).toContain(`put numbers.bin into ${folder}`);
    expectNothingWrong(folder);
    expect(existsSync(join(folder, "numbers.bin"))).toBe(false);
    const later = await serve(good);
    await fetchSet(setFrom(later), [dataDir], options);
    expectWhole(folder);
  });

  it.each<[string, Behaviour]>([
    ["slow but steady", (request, response) => drip(request, response, 1)],
    [
      "breaking off three times",
      (request, response, count) =>
        send(request, response, content, Math.min(count * 80_000, content.length)),
    ],
    [
      "refusing ranges",
      (request, response, count) => {
        delete request.headers.range;
        send(request, response, content, count === 1 ? 100_000 : content.length);
      },
    ],
    [
      "silent about lengths",
      (_, response) => {
        response.writeHead(200);
        response.write(content);
        response.end();
      },
    ],
  ])("%s, and still it succeeds", async (_, behaviour) => {
    const server = await serve(behaviour);
    const folder = await fetchSet(setFrom(server), [temporaryFolder()], options);
    expectWhole(folder);
  });

  /** A chunk every 100 ms: slower than a stall altogether, but never still for so long. */
  const drip: Behaviour = (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    let at = 0;
    const timer = setInterval(() => {
      response.write(content.subarray(at, at + 50_000));
      at += 50_000;
      if (at >= content.length) {
        clearInterval(timer);
        response.end();
      }
    }, 100);
  };
});

describe("an interrupted download", () => {
  it("is gone on with where it ended, by a later run and at another mirror", async () => {
    const breaking = await serve((request, response) => send(request, response, content, 100_000));
    const dataDir = temporaryFolder();
    await refusal(fetchSet(setFrom(breaking), [dataDir], options));
    const server = await serve(good);
    expectWhole(await fetchSet(setFrom(server), [dataDir], options));
    expect(server.ranges).toEqual(["bytes=100000-"]);
  });

  it("begins anew where what it had was wrong", async () => {
    const wrong = await serve((request, response) => send(request, response, flipped, 200_000));
    const server = await serve(good);
    const folder = await fetchSet(setFrom(wrong, server), [temporaryFolder()], options);
    expectWhole(folder);
    expect(server.ranges).toEqual(["bytes=200000-", ""]);
  });

  it("begins anew where the part is longer than the file", async () => {
    const server = await serve(good);
    const dataDir = temporaryFolder();
    const folder = join(dataDir, "numbers");
    await fetchSet(setFrom(server), [dataDir], options);
    writeFileSync(join(folder, ".numbers.bin.part"), Buffer.alloc(400_000));
    writeFileSync(join(folder, "numbers.bin"), "");
    await fetchSet(setFrom(server), [dataDir], options);
    expectWhole(folder);
  });
});

describe("a part of somebody else", () => {
  /** Names in the set's folder when the server is asked, as somebody else has begun the file `ageMs` ago. */
  async function askedBeside(part: string, ageMs: number) {
    const seen: string[] = [];
    const folder = join(temporaryFolder(), "numbers");
    const server = await serve((request, response, count) => {
      seen.push(...readdirSync(folder));
      good(request, response, count);
    });
    mkdirSync(folder);
    writeFileSync(join(folder, part), content.subarray(0, 70_000));
    const changed = new Date(Date.now() - ageMs);
    utimesSync(join(folder, part), changed, changed);
    await fetchSet(setFrom(server), [folder], options);
    expectWhole(folder);
    expect(server.ranges).toEqual(["bytes=70000-"]);
    return seen;
  }

  // Numbers of processes, as an earlier version wrote them, mean nothing: this one lives.
  it.each([".numbers.bin.0123456789abcdef.part", `.numbers.bin.host-${process.pid}-1.part`])(
    "is gone on with, and left alone as long as it may be written to: %s",
    async (part) => {
      const seen = await askedBeside(part, 50 * 60_000);
      expect(seen).toHaveLength(2);
      expect(seen).toContain(part);
    },
  );

  it.each([".numbers.bin.0123456789abcdef.part", `.numbers.bin.host-${process.pid}-1.part`])(
    "is taken when nobody has written to it for an hour: %s",
    async (part) => {
      const seen = await askedBeside(part, 70 * 60_000);
      expect(seen).toHaveLength(1);
      expect(seen).not.toContain(part);
    },
  );

  it("is taken when it was given back", async () => {
    expect(await askedBeside(".numbers.bin.part", 0)).not.toContain(".numbers.bin.part");
  });
});

it("a download whose part is removed begins anew", async () => {
  const folder = join(temporaryFolder(), "numbers");
  const server = await serve((request, response, count) => {
    if (count === 1) for (const name of readdirSync(folder)) rmSync(join(folder, name));
    good(request, response, count);
  });
  expectWhole(await fetchSet(setFrom(server), [folder], options));
  expect(server.ranges).toEqual(["", ""]);
});

describe("mirrors", () => {
  it("are tried in turn", async () => {
    const down = await serve((_, response) => response.writeHead(503).end());
    const gone = { base: "http://127.0.0.1:9/" };
    const server = await serve(good);
    expectWhole(await fetchSet(setFrom(gone, down, server), [temporaryFolder()], options));
  });

  it.each(["/tmp/mirror", "file:///tmp/mirror", "http://", "example.org/data"])(
    "are addresses, as %s is none",
    async (mirror) => {
      const server = await serve(good);
      const dataDir = temporaryFolder();
      const mirrors = [server.base, mirror];
      expect(await refusal(fetchSet(setFrom(server), [dataDir], { ...options, mirrors }))).toBe(
        `expected mirrors that are addresses, as https://example.org/data, got "${mirror}"; name one, or a folder with --data-dir`,
      );
      expect(readdirSync(dataDir)).toEqual([]);
    },
  );

  it("can be replaced and forbidden", async () => {
    const published = await serve(good);
    const paths: string[] = [];
    const own = await serve((request, response, count) => {
      paths.push(request.url!);
      good(request, response, count);
    });
    const mirrors = [`${own.base}mirror`];
    expectWhole(await fetchSet(setFrom(published), [temporaryFolder()], { ...options, mirrors }));
    expect(paths).toEqual(["/mirror/numbers/numbers.bin"]);
    const dataDir = temporaryFolder();
    const text = await refusal(fetchSet(setFrom(published), [dataDir], { ...options, mirrors: [] }));
    expect(text).toBe(
      `numbers: expected to download it, got no mirror; put numbers.bin into ${join(dataDir, "numbers")}, or name their place with --data-dir`,
    );
    expect(published.ranges).toEqual([]);
  });
});
