/** A single line of an answer is a token and some counts. */
const lineCharsMax = 1024 * 1024;

type Reader = {
  read(): Promise<{ readonly done: boolean; readonly value: Uint8Array | undefined }>;
  releaseLock(): void;
};

/** A reader of lines of JSON that fails where one of them is none: whoever passed over it would show a text with a hole. */
export function checkedLines(source: AsyncIterable<Uint8Array>): Reader {
  const chunks = source[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let rest = "";
  const check = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > lineCharsMax) throw new Error("a line without end");
    for (const line of lines) JSON.parse(line);
  };
  return {
    async read() {
      const { done, value } = await chunks.next();
      if (done !== true) {
        check(decoder.decode(value, { stream: true }));
        return { done: false, value };
      }
      if (rest !== "") JSON.parse(rest);
      return { done: true, value: undefined };
    },
    releaseLock: () => {},
  };
}
