/** `pnpm build`: every package that is published, as it is packed. */
import { build } from "./pack.ts";

await build();
