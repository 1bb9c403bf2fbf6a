/** An app that has the screen and breaks. */
import { takeScreen } from "../../src/terminal/screen.ts";

takeScreen(process.stdout);
setTimeout(() => {
  throw new Error("this is a fault of the app");
}, 50);
