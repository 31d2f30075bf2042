/**
 * Hands over each event after `position`, in order, and `caught-up` in its place; returns when the
 * connection ends, and throws when there is none.
 */
export const follow = async (
  address: string,
  token: string,
  position: number,
  handle: (sequence: number, event: string, data: string) => void,
): Promise<void> => {
  const url = `${address}/v1/event-stream?after=${position}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (response.status !== 200) throw new Error(await response.text());
  let rest = '';
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    // The last is cut off, or empty.
    rest = blocks.pop()!;
    for (const block of blocks) {
      const [, id, event, data] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (id !== undefined) handle(Number(id), event!, data!);
    }
  }
};
