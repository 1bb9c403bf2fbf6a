import type { FetchOptions } from "./fetch/fetch-set.ts";
import type { PictureSize } from "./picture-size.ts";

/** How a set is read, and who is told of it. */
export interface DatasetOptions extends FetchOptions {
  /** Pictures of a set that has no size of its own: glyphs and folders of pictures. */
  readonly size?: PictureSize;
  /** Read a folder of pictures as grey, or in colour; left out, as the pictures are. */
  readonly grey?: boolean;
  /** What shows through transparent parts of a folder's pictures: a name or #rrggbb. */
  readonly background?: string;
  /** Size and colour are what a model takes, and nobody's choice: what they do to a folder's pictures is told. */
  readonly forModel?: boolean;
  /** Takes one line about something that is odd but no error. */
  readonly warn?: (line: string) => void;
}
