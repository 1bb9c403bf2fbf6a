/** The report as a page for people: what was measured on what, how every part ended, and each part's section. */
import { duration, table } from "./markdown.ts";
import { parts } from "./parts.ts";
import type { PartState, ReportState } from "./report.ts";

export function pageOf(report: ReportState): string {
  const { machine, rehearsal } = report;
  const [card] = machine.cards;
  const title = card === undefined ? `${machine.processor}, no NVIDIA card` : card.name;
  return [
    `# PixelCNN on ${title}`,
    ...(rehearsal
      ? ["**A rehearsal** on the processor: its figures say that the parts run, and nothing about a GPU."]
      : []),
    progressOf(report),
    table(["", ""], machineRows(report)),
    "## How the parts ended",
    table(["part", "outcome", "took", "limit"], report.parts.map(outcomeRow)),
    ...report.parts.flatMap(sectionOf),
  ]
    .join("\n\n")
    .concat("\n");
}

function progressOf({ started, finished, minutes }: ReportState): string {
  const begun = `Begun ${minute(started)} for ${minutes} minutes`;
  return finished === null ? `${begun}; **under way**.` : `${begun}, ended ${minute(finished)}.`;
}

function minute(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

function machineRows({ machine }: ReportState): string[][] {
  const cards = machine.cards.map(({ name, driver, memory }) => `${name}, ${memory}, driver ${driver}`);
  return [
    ["GPU", cards.join("; ") || "no NVIDIA driver answers"],
    ["processor", `${machine.processor}, ${machine.processors} threads, ${machine.memoryGigabytes} GB`],
    ["system", `${machine.system}, Node ${machine.node}`],
    ["PJRT plugin", machine.plugin === null ? "none" : `\`${machine.plugin}\``],
    ["Python", machine.python ?? "none"],
    ["PyTorch, JAX", `${machine.pytorch ?? "none"}, ${machine.jax ?? "none"}`],
    ["engines", machine.packages.join(", ")],
  ];
}

function outcomeRow({ name, outcome, reason, elapsedSeconds, limitSeconds }: PartState): string[] {
  return [
    parts[name].title,
    reason === null ? outcome : `${outcome}: ${reason}`,
    elapsedSeconds === null ? "" : duration(elapsedSeconds),
    limitSeconds === null ? "" : duration(limitSeconds),
  ];
}

function sectionOf({ name, rows, notes }: PartState): string[] {
  if (rows.length === 0 && notes.length === 0) return [];
  const { title, section } = parts[name];
  return [
    `## ${title}`,
    ...(rows.length > 0 ? [section(rows)] : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join("\n")] : []),
  ];
}
