/** The ledger cannot start as it is asked to; the message is for the person who starts it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
