/** Loaded before a program that must work without a network: writes down every connection it tries, by the name of the other machine, and refuses it. */
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import process from 'node:process';

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function refuse(...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  // Pipes between processes of this machine have a path and no port.
  if (typeof options !== 'object' || options === null || options.path) return connect.apply(this, given);
  appendFileSync(process.env.CONNECTIONS_TRIED, `${options.host}:${options.port}\n`);
  process.nextTick(() => this.destroy(new Error('this program must work without a network')));
  return this;
};
