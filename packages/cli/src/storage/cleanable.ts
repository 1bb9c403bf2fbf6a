/** What `disk clean` can clean, by name. */
export const cleanable = ["checkpoints", "removed", "datasets", "engines"] as const;
