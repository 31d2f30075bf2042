/** `fork`ed: the double of a KurrentDB, in a process of its own; tells its port. */
import { startNode } from '../double/node.ts';
import { memoryStreams } from '../double/streams.ts';

const { port } = await startNode({ streams: memoryStreams() });
process.send!(port);
