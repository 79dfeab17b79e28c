/** Something on the server that is made where it is not there. */
export type Ensured = {
  /** Asks the server once, until `doubt`, or until it has failed. */
  ensure(): Promise<void>;
  doubt(): void;
};

export function ensured(make: () => Promise<void>, { isMadeElsewhere = false }): Ensured {
  let made: Promise<void> | null = null;
  return {
    ensure() {
      if (isMadeElsewhere) return Promise.resolve();
      made ??= make().catch((error: unknown) => {
        made = null;
        throw error;
      });
      return made;
    },
    doubt: () => void (made = null),
  };
}
