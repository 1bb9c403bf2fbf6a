import type { Page } from "playwright-core";

interface Dropped {
  readonly name: string;
  /** Media type; "" where the system knows none. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Drops files on the page, as a hand would. @param invitation what the page says while they hang over it. */
export async function dropFiles(page: Page, files: readonly Dropped[], invitation: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of given) {
        const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([content], name, { type }));
      }
      return data;
    },
    files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString("base64") })),
  );
  // A hand that hangs over the page says so again and again, also to a page that has only begun to listen.
  const shown = page.getByText(invitation);
  while (!(await shown.isVisible())) {
    await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  }
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

export function dropFile(page: Page, file: Dropped, invitation: string): Promise<void> {
  return dropFiles(page, [file], invitation);
}
