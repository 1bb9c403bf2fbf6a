import type { Page } from "playwright-core";

/** Follows a link within the view that is there, as one of its own does: the address is another one, and the page is not loaded anew. @param query with its question mark. */
export async function follow(page: Page, query: string): Promise<void> {
  await page.evaluate((address) => history.pushState(null, "", address), query);
}

/** Of views whose name is not their heading. */
const headings: Record<string, string> = {
  Gallery: "Pictures, one pixel at a time",
  Explain: "How a PixelCNN works",
};

/** Goes to another view by the page's navigation. */
export async function goToView(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name: headings[name] ?? name }).waitFor();
}
