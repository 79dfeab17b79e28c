/** What a test file has measured, printed in the end as lines that docs/reliability.md quotes. */
export function measurements(title: string) {
  const all = new Map<string, number[]>();
  return {
    note(name: string, ms: number): number {
      all.set(name, [...(all.get(name) ?? []), Math.round(ms)]);
      return ms;
    },
    print(): void {
      const lines = [...all].map(([name, values]) => `  ${name}: ${values.join(", ")} ms`);
      console.log([`${title}, measured:`, ...lines].join("\n"));
    },
  };
}
