"use client";
import { type ComponentType, lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";

/**
 * A component whose code is fetched when it is first shown, and which is made in the browser only: what it shows depends on the address and the
 * device. React's own parts do it in a tenth of the code that the framework would bring.
 *
 * @param loading what stands in its place until then.
 */
export function inBrowser<Properties extends object>(
  load: () => Promise<ComponentType<Properties>>,
  loading: ReactNode = null,
): ComponentType<Properties> {
  const Lazy = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Properties>;
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where the module is loaded, and never while something is drawn.
  return function InBrowser(properties: Properties) {
    const isHere = useSyncExternalStore(neverChanges, inTheBrowser, onTheServer);
    return isHere ? (
      <Suspense fallback={loading}>
        <Lazy {...properties} />
      </Suspense>
    ) : (
      loading
    );
  };
}

const neverChanges = () => () => {};
const inTheBrowser = () => true;
const onTheServer = () => false;
