/** The article's sections in their order. An id is the anchor of a deep link: never rename one. */
export const sections = {
  sequence: "A picture is a sequence",
  mask: "The centre must be hidden, once",
  hidden: "What if it stays hidden?",
  colour: "Red, then green, then blue",
  "blind-spot": "The blind spot, and two stacks",
  gate: "A gate for every channel",
  classes: "Asking for a seven",
  bits: "From logits to bits and nats",
  mixture: "Fewer numbers for many levels",
  recurrence: "A memory that is handed on",
  attention: "Looking back at everything",
  speed: "Why drawing is slow",
  sources: "Sources",
} as const;

export type SectionId = keyof typeof sections;
