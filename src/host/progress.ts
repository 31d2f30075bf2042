/** Tells how far long work is: on one line that moves on a terminal, else now and then. */
export const progressOn = (stream: NodeJS.WriteStream, label: string) => {
  let last = 0;
  return (done: number, total: number): void => {
    const now = performance.now();
    const finished = done >= total;
    if (!finished && now - last < (stream.isTTY ? 100 : 5_000)) return;
    last = now;
    const text = `${label}: ${done} van ${total}`;
    if (stream.isTTY) stream.write(`\r${text}${finished ? '\n' : ''}`);
    else stream.write(`${text}\n`);
  };
};
