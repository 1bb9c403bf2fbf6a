/** What a set that is being fetched or read tells of itself: nothing in this package prints. */
export type DatasetEvent =
  /** A download begins: something of the set is not there. */
  | { readonly type: "fetch"; readonly name: string; readonly folder: string; readonly totalBytes: number }
  | {
      readonly type: "fetching";
      readonly name: string;
      /** Of all its files together. */
      readonly bytes: number;
      readonly totalBytes: number;
    }
  /** Pictures of a folder are being decoded. */
  | { readonly type: "reading"; readonly pictures: number; readonly totalPictures: number }
  /** The download or the reading has ended, well or not. */
  | { readonly type: "ended" };

/** Told of them as they come. */
export type OnDatasetEvent = (event: DatasetEvent) => void;
