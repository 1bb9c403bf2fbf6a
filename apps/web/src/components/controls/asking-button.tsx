"use client";
import { useState } from "react";
import { Button } from "./button.tsx";

interface AskingButtonProps {
  readonly children: React.ReactNode;
  /** What it says once it is pressed. */
  readonly question: string;
  readonly onSure: () => void;
}

/** For what does not come back: it asks when it is pressed, and does it when it is pressed again. */
export function AskingButton({ children, question, onSure }: AskingButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <Button onClick={() => (isAsking ? onSure() : setAsking(true))} onBlur={() => setAsking(false)}>
      {isAsking ? question : children}
    </Button>
  );
}
