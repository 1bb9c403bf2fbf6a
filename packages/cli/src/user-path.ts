/** Where relative paths point to. Package scripts run in their own folder; `INIT_CWD` is the user's. */
import { resolve } from "node:path";
import { withHome } from "./home.ts";

/** An argument as the user meant it: relative to where the command was typed, or below the home folder that `~/` stands for. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), withHome(path));
}
