/** How much the stream gives and takes. */
export interface StreamBounds {
  /** Streams at once: of one caller, of one address without signing in, and of all. */
  readonly perCaller: number;
  readonly perAddress: number;
  readonly total: number;
  /** Bytes that may wait for a reader; beyond it, it is served from the log at its own pace. */
  readonly waiting: number;
  /** Milliseconds after which a reader that takes nothing is cut off. */
  readonly stuck: number;
  /** Milliseconds without an event after which a comment is sent. */
  readonly quiet: number;
  /** Milliseconds between looks at who the reader is. */
  readonly recheck: number;
  /** Milliseconds in which events are gathered: they share what sending costs. */
  readonly gather: number;
  /** Milliseconds after which the log is followed anew when that broke. */
  readonly startOver: number;
  /** Milliseconds between looks at all streams. */
  readonly look: number;
}

export const usualBounds: StreamBounds = {
  perCaller: 100,
  perAddress: 20,
  total: 2_000,
  waiting: 256 * 1024,
  stuck: 10_000,
  quiet: 15_000,
  recheck: 5_000,
  gather: 20,
  startOver: 1_000,
  look: 1_000,
};
