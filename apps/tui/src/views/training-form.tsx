import { Box, Text } from "ink";
import { sizes, type TrainingForm } from "../runs/training-form.ts";

/** What a size or a set means, for who has to choose. */
function noteOf(name: string, value: string): string {
  if (name !== "size") return name === "epochs" ? "passes over the training pictures" : "";
  const { channels, layers } = sizes[value as keyof typeof sizes];
  return `${channels} channels, ${layers} layers`;
}

export function TrainingFormView({ form }: { readonly form: TrainingForm }) {
  return (
    <Box flexDirection="column">
      <Text bold>Start a training</Text>
      {form.fields.map(({ name, value, choices }, i) => {
        const selected = i === form.selected;
        const shown = choices.length === 0 ? `${value}${selected ? "_" : ""}` : `‹ ${value} ›`;
        return (
          <Text key={name} wrap="truncate">
            {selected ? "> " : "  "}
            <Text bold={selected}>{name.padEnd(9)}</Text>
            <Text inverse={selected}>{` ${shown} `}</Text>
            <Text dimColor>{` ${noteOf(name, value)}`}</Text>
          </Text>
        );
      })}
      <Text dimColor wrap="truncate">
        ↑ ↓ field · ← → choice · digits · enter starts · esc leaves
      </Text>
      <Text dimColor wrap="truncate">
        It is a process of its own and goes on when this app ends; x stops it.
      </Text>
    </Box>
  );
}
