import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSite } from "../server/site.ts";
import { out } from "./support/built-site.ts";
import { listening } from "./support/file-server.ts";
import { Training, temporaryFolder } from "./support/training.ts";

interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Sends a path as it stands, which `fetch` would tidy up before. */
async function ask(
  origin: string,
  path: string,
  { method = "GET", host = "localhost" } = {},
): Promise<Answer> {
  const { port } = new URL(origin);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("latin1");
  const [headers = "", body = ""] = text.split("\r\n\r\n", 2);
  return { status: Number(headers.split(" ")[1]), headers, body };
}

/** A root with one run, "good", and a secret beside it. */
async function setUp() {
  const folder = temporaryFolder();
  const root = join(folder, "runs");
  await writeFile(join(folder, "secret.png"), "SECRET");
  const training = await Training.begin(root, "good");
  await training.epoch(1);
  const served = await listening(createSite({ out, runs: root }));
  onTestFinished(() => served.close());
  return { folder, root, run: join(root, "good"), origin: served.origin };
}

describe("what is there is read", () => {
  it("lists the runs", async () => {
    const { origin } = await setUp();
    const { status, body } = await ask(origin, "/runs/index.json");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      runs: [
        {
          name: "good",
          state: "training",
          dataset: "glyphs",
          step: 10,
          test: { nats: 89 },
          modelFile: "model.safetensors",
        },
      ],
    });
  });

  it("gives sheets and models, and nothing else of a run", async () => {
    const { origin } = await setUp();
    const sheet = await ask(origin, "/runs/good/samples/step-00000010.png");
    expect(sheet).toMatchObject({ status: 200 });
    expect(sheet.headers).toContain("image/png");
    expect(await ask(origin, "/runs/good/model.safetensors")).toMatchObject({ status: 200 });
    for (const file of [
      "config.json",
      "metrics.jsonl",
      "lock",
      "samples",
      "samples/",
      "",
      "samples/step-1.txt",
    ]) {
      expect(await ask(origin, `/runs/good/${file}`)).toMatchObject({ status: 404 });
    }
  });

  it("is empty where there are no runs", async () => {
    const served = await listening(createSite({ out, runs: join(temporaryFolder(), "none") }));
    onTestFinished(() => served.close());
    expect(JSON.parse((await ask(served.origin, "/runs/index.json")).body)).toEqual({
      isLive: true,
      runs: [],
    });
  });

  it.skipIf(process.platform === "win32")("does not wait for a pipe in the place of records", async () => {
    const { origin, root } = await setUp();
    await mkdir(join(root, "pipe"));
    execFileSync("mkfifo", [join(root, "pipe", "metrics.jsonl")]);
    const { runs } = JSON.parse((await ask(origin, "/runs/index.json")).body);
    expect(runs.map(({ name }: { name: string }) => name)).toEqual(["good"]);
  });
});

describe("paths that lead elsewhere are refused", () => {
  const paths = [
    "/runs/../secret.png",
    "/runs/%2e%2e/secret.png",
    "/runs/good/../../secret.png",
    "/runs/good/%2e%2e/%2e%2e/secret.png",
    "/runs/good/samples/../../../secret.png",
    "/runs/good/samples/..%2f..%2f..%2fsecret.png",
    "/runs/good/samples/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.png",
    "/runs/good/samples%2fstep-00000010.png",
    "/runs/good/samples/..%5c..%5csecret.png",
    "/runs/good//samples/step-00000010.png",
    "/runs/good/./samples/step-00000010.png",
    "/runs/good/samples/step-00000010.png%00.png",
    "/runs/%2fetc%2fpasswd",
    "/runs//etc/passwd",
    "/runs/good/%",
    "/runs/good/%c0%ae%c0%ae/secret.png",
    "/runs/C:/windows/win.ini",
    "/runs/nobody/model.safetensors",
    "/runs/",
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "//etc/passwd",
    "http://example.org/../../etc/passwd",
  ];
  it("each of them", async () => {
    const { origin } = await setUp();
    for (const path of paths) {
      const { status, body } = await ask(origin, path);
      expect.soft(status, path).toBe(404);
      expect.soft(body, path).not.toMatch(/SECRET|root:|"name"/);
    }
  });
});

describe("links are not followed", () => {
  it("of a file, of a folder, and of a run", async () => {
    const { folder, root, run, origin } = await setUp();
    await symlink(join(folder, "secret.png"), join(run, "samples", "step-00000099.png"));
    expect(await ask(origin, "/runs/good/samples/step-00000099.png")).toMatchObject({ status: 404 });

    await symlink(run, join(root, "alias"));
    expect(await ask(origin, "/runs/alias/model.safetensors")).toMatchObject({ status: 404 });

    const outside = join(folder, "outside");
    await mkdir(outside);
    await writeFile(join(outside, "step-00000001.png"), "SECRET");
    const second = await Training.begin(root, "second");
    await symlink(outside, join(second.writer.directory, "samples"));
    expect(await ask(origin, "/runs/second/samples/step-00000001.png")).toMatchObject({ status: 404 });
    expect(await ask(origin, "/runs/second/model.safetensors")).toMatchObject({ status: 200 });
  });

  it("nor is what only has a file's name", async () => {
    const { root, run, origin } = await setUp();
    await mkdir(join(run, "best.safetensors"));
    expect(await ask(origin, "/runs/good/best.safetensors")).toMatchObject({ status: 404 });
    // Whoever opened a pipe to read would wait for a writer.
    await mkdir(join(root, "pipe"));
    const pipes = [join(run, "samples", "step-00000099.png"), join(root, "pipe", "metrics.jsonl")];
    execFileSync("mkfifo", pipes);
    expect(await ask(origin, "/runs/good/samples/step-00000099.png")).toMatchObject({ status: 404 });
    const { runs } = JSON.parse((await ask(origin, "/runs/index.json")).body);
    expect(runs.map(({ name }: { name: string }) => name)).toEqual(["good"]);
  });
});

describe("who may ask", () => {
  it("nobody under another name than this machine's, whatever they ask for", async () => {
    const { origin } = await setUp();
    for (const host of [
      "evil.example",
      "evil.example:80",
      "localhost.evil.example",
      "127.0.0.1.nip.io",
      "",
      "192.168.0.2",
    ]) {
      for (const path of ["/", "/runs/index.json"]) {
        expect(await ask(origin, path, { host })).toMatchObject({
          status: host === "" ? expect.any(Number) : 421,
        });
        expect((await ask(origin, path, { host })).body).not.toContain("good");
      }
    }
    for (const host of ["localhost", "localhost:4280", "127.0.0.1:1", "[::1]:4280"]) {
      expect(await ask(origin, "/runs/index.json", { host })).toMatchObject({ status: 200 });
    }
  });

  it("nobody to change something", async () => {
    const { origin } = await setUp();
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      expect(await ask(origin, "/runs/good/model.safetensors", { method })).toMatchObject({ status: 405 });
    }
  });

  it("no page of another site, through a frame, a script or an image", async () => {
    const { origin } = await setUp();
    const { headers } = await ask(origin, "/runs/good/samples/step-00000010.png");
    expect(headers).toMatch(/Cross-Origin-Resource-Policy: same-origin/i);
    expect(headers).toMatch(/X-Content-Type-Options: nosniff/i);
  });
});
