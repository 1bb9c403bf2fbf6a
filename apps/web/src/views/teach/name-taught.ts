import { freeName } from "../../state/models/free-name.ts";
import { callTaught } from "../../state/teaching/teach.ts";
import { useTeaching } from "../../state/teaching/teaching-store.ts";

const FIRST = "my-drawings";

/** What the files of the training are called: the same until it is forgotten, and never as those of another one that was opened here. */
export async function nameTaught(): Promise<string> {
  const free = await freeName(FIRST);
  const { name } = useTeaching.getState();
  if (name !== null) return name;
  await callTaught(free);
  return free;
}
