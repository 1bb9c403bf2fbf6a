import Link from "next/link";
import { PageFrame } from "../src/components/page/page-frame.tsx";

export default function NotFound() {
  return (
    <PageFrame title="There is no such page" lead="The address may have been cut or mistyped.">
      <p>
        <Link href="/">Go to the gallery</Link>
      </p>
    </PageFrame>
  );
}
