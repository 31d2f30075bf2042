/** What a person at a terminal does. */
import { createInterface } from 'node:readline';

/** Resolves when Enter is pressed or the input ends; at once where nobody can press it. */
export const enterPressed = (): Promise<void> =>
  new Promise((resolve) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      resolve();
      return;
    }
    const lines = createInterface({ input: process.stdin });
    lines.once('line', () => lines.close());
    lines.once('close', () => resolve());
  });
