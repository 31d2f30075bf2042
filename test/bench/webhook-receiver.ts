/** `fork`ed: a receiver that takes everything, in a process of its own; tells where it is. */
import { listen } from '../support/receiver.ts';

const { address, port, ca } = await listen((request, response) => {
  request.resume();
  request.on('end', () => {
    const asked = request.headers['webhook-request-origin'];
    if (asked !== undefined) response.setHeader('webhook-allowed-origin', asked);
    response.writeHead(204).end();
  });
});
process.send!({ address, port, ca });
