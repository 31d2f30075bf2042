/** Text as it stands in HTML, within an element or between quotes. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0) ?? 0};`);
