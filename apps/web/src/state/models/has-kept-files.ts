/** Where the browser keeps model files that were opened here: the name of the database. */
export const KEPT_FILES = "pixelcnn";

/** Did an earlier visit leave some? Asked of every visitor, without the code that reads them. */
export async function hasKeptFiles(): Promise<boolean> {
  const found = await window.indexedDB?.databases?.().catch(() => []);
  return found?.some(({ name }) => name === KEPT_FILES) ?? false;
}
