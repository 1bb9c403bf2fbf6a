/**
 * One store of one of the browser's databases. A browser that keeps nothing (a private window) is no failure: what is asked of it is null, and what
 * is there is there until the page is closed.
 */

/** Where a store lies, and by which field its records are told apart. */
export interface KeptStore {
  readonly database: string;
  readonly name: string;
  readonly keyPath: string;
}

/** Null when the browser says no. @param question one request, or several after each other, each of which is {@link answered}. */
export async function askStore<T>(
  { database: databaseName, name, keyPath }: KeptStore,
  mode: IDBTransactionMode,
  question: (store: IDBObjectStore) => IDBRequest | Promise<unknown>,
): Promise<T | null> {
  try {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(name, { keyPath });
    const database = (await answered(opening)) as IDBDatabase;
    try {
      const asked = question(database.transaction(name, mode).objectStore(name));
      return (await (asked instanceof IDBRequest ? answered(asked) : asked)) as T;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

export function answered(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
