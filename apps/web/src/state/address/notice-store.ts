/** What the visitor should know of the link that was opened: sentences, shown at the top of the page. */
import { create } from "zustand";

interface Notices {
  readonly notices: readonly string[];
  /** A sentence that stands there already is not said twice. */
  readonly say: (notice: string) => void;
  readonly clear: () => void;
}

export const useNotices = create<Notices>((set) => ({
  notices: [],
  say: (notice) => set(({ notices }) => ({ notices: [...notices.filter((one) => one !== notice), notice] })),
  clear: () => set({ notices: [] }),
}));
