import { Text } from "ink";
import type { Overlay } from "../app/state.ts";

const questions = {
  seed: "Seed (a whole number)",
  image: "Image file whose top half is completed (PNG, JPEG, ...)",
} as const;

export function Prompt({ asks, text }: Extract<Overlay, { type: "prompt" }>) {
  return (
    <Text>
      <Text bold>{questions[asks]}: </Text>
      {text}
      <Text inverse> </Text>
      {"\n"}
      <Text dimColor>enter takes it · esc leaves</Text>
    </Text>
  );
}
