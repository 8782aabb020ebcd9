// The yardstick of the fan-out: node's `ws` as its own documentation shows a broadcast. Serves one message, the
// content of the file it is given, to every client at each POST /press; nothing is kept anywhere.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const message = readFileSync(process.argv[2]);

const server = createServer((_request, response) => {
  for (const client of sockets.clients) {
    if (client.readyState === WebSocket.OPEN) {
      client.send(message, { binary: false });
    }
  }
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
  response.end('{}');
});
const sockets = new WebSocketServer({ server, path: '/push' });

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  console.log(server.address().port);
});
