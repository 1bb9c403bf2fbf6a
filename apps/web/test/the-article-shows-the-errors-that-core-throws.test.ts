import { describe, expect, it } from "vitest";
import { kernelNetwork } from "../src/views/explain/networks/kernel-network.ts";
import { judge } from "../src/views/explain/networks/verdict.ts";
import { switches } from "../src/views/explain/parts/switches-parser.ts";
import { withSite } from "./support/with-site.ts";

const site = withSite();

const MASK_A = switches("111100000");
const MASK_B = switches("111110000");

describe("the article's kernels", () => {
  it("are refused with core's own words where the centre is seen, and pass again when it is hidden", async () => {
    const { page } = await site.openForAll("/explain/");
    const place = page.locator("#figure-kernel");
    const centre = place.getByRole("toolbar", { name: "Taps of the first layer" }).getByRole("button", {
      name: "the centre",
    });
    await place.getByText("Causal:").waitFor();
    expect(judge(kernelNetwork(MASK_A, MASK_B, 3))).toEqual({ causal: true });
    await centre.click();
    const verdict = judge(kernelNetwork(MASK_B, MASK_B, 3));
    if (verdict.causal) throw new Error("expected a network that cheats");
    expect(verdict.name).toBe("CausalityError");
    await place.getByText(verdict.message).waitFor();
    await centre.click();
    await place.getByText("Causal:").waitFor();
    expect(await page.getByText("CausalityError").count()).toBe(0);
  });

  it("give a model that copies when they see the centre, and one that does not when they hide it", async () => {
    const { page } = await site.openForAll("/explain/");
    const place = page.locator("#figure-kernel");
    await place.scrollIntoViewIfNeeded();
    const score = place.getByText(/[\d.]+ nats per picture/);
    const nats = async () => Number.parseFloat((await score.textContent())!);
    await score.waitFor({ timeout: 60_000 });
    const honest = await nats();
    await place.getByRole("button", { name: "Only B" }).click();
    await expect.poll(nats).toBeLessThan(2);
    expect(honest).toBeGreaterThan(20);
    await place.getByRole("button", { name: "Only A" }).click();
    // Further away than the nearest pixels it knows less.
    await expect.poll(nats).toBeGreaterThan(honest);
  });
});
