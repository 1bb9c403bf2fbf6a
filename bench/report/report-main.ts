/** Entry of the report in a bundle: the command of its own, without the other benches and what they need. */
import { enableRelaxedSimd } from "@pixelcnn/backends";
import { command } from "./command.ts";

enableRelaxedSimd();
await command().name("bash run.sh report").parseAsync();
