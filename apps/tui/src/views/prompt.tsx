import { Text } from "ink";

export interface PromptProps {
  readonly question: string;
  readonly text: string;
}

export function Prompt({ question, text }: PromptProps) {
  return (
    <Text>
      <Text bold>{question}: </Text>
      {text}
      <Text inverse> </Text>
      {"\n"}
      <Text dimColor>enter takes it · esc leaves</Text>
    </Text>
  );
}
