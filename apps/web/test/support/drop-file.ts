import type { Page } from "playwright-core";

interface Dropped {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Drops a file on the page, as a hand would. @param invitation what the page says while it hangs over it. */
export async function dropFile(
  page: Page,
  { name, type, bytes }: Dropped,
  invitation: string,
): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ fileName, fileType, base64 }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([content], fileName, { type: fileType }));
      return data;
    },
    { fileName: name, fileType: type, base64: Buffer.from(bytes).toString("base64") },
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.getByText(invitation).waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}
