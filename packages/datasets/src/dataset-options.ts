import type { Palette } from "@pixelcnn/core";
import type { FetchOptions } from "./fetch/fetch-set.ts";
import type { PictureSize } from "./picture-size.ts";

/** How a set is read, and who is told of it. */
export interface DatasetOptions extends FetchOptions {
  /** Pictures of a set that has no size of its own: glyphs and folders of pictures. */
  readonly size?: PictureSize;
  /** Read a folder of pictures as grey, or in colour; left out, as the pictures are. */
  readonly grey?: boolean;
  /**
   * Read a folder of pictures as numbers of colours, or as amounts of light; left out, as numbers where every file is indexed. A palette
   * has the only colours that there may be.
   */
  readonly palette?: boolean | Palette;
  /** Levels of an array of codes; the highest that there is, and those below it, when left out. */
  readonly levels?: number;
  /** What shows through transparent parts of a folder's pictures: a name or #rrggbb. */
  readonly background?: string;
  /** Size and colour are what a model takes, and nobody's choice: what they do to a folder's pictures is told. */
  readonly forModel?: boolean;
  /** Takes one line about something that is odd but no error. */
  readonly warn?: (line: string) => void;
}
