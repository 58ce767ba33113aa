/** The connection file: where the five sockets are, and the key that messages are signed with. */
import { readFileSync } from "node:fs";

export const CHANNELS = ["shell", "control", "stdin", "iopub", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  ports: Record<Channel, number>;
  /** Empty: messages are not signed. */
  key: string;
  /** Name of the hash behind `hmac-`, such as `sha256`. */
  hash: string;
}

/**
 * Reads a connection file.
 *
 * @throws Error with one sentence where the file is missing, is not JSON or lacks a field
 */
export function readConnection(file: string): Connection {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`Connection file ${file} cannot be read: ${(error as Error).message}.`);
  }
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    throw new Error(`Connection file ${file} is not JSON: it starts with ${JSON.stringify(text.slice(0, 40))}.`);
  }
  try {
    return parseConnection(fields);
  } catch (error) {
    throw new Error(`Connection file ${file}: ${(error as Error).message}.`);
  }
}

function parseConnection(json: unknown): Connection {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Error(`expected an object with ip, key and five ports, got ${JSON.stringify(json)}`);
  const fields = json as Record<string, unknown>;
  const transport = fields.transport ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc")
    throw new Error(`transport must be "tcp" or "ipc", got ${JSON.stringify(transport)}`);
  const scheme = fields.signature_scheme ?? "hmac-sha256";
  if (typeof scheme !== "string" || !/^hmac-\w+$/.test(scheme))
    throw new Error(`signature_scheme must be "hmac-sha256" or the like, got ${JSON.stringify(scheme)}`);
  return {
    transport,
    ip: text(fields, "ip"),
    key: text(fields, "key"),
    hash: scheme.slice("hmac-".length),
    ports: Object.fromEntries(
      CHANNELS.map((channel) => [channel, port(fields, `${channel}_port`)]),
    ) as Connection["ports"],
  };
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new Error(`the field "${name}" must be a string, got ${JSON.stringify(value)}`);
  return value;
}

function port(fields: Record<string, unknown>, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 65535)
    throw new Error(`the field "${name}" must be a port between 1 and 65535, got ${JSON.stringify(value)}`);
  return value;
}

/** What a connection file of this connection holds. */
export function connectionFields(connection: Connection): Record<string, unknown> {
  return {
    transport: connection.transport,
    ip: connection.ip,
    key: connection.key,
    signature_scheme: `hmac-${connection.hash}`,
    ...Object.fromEntries(CHANNELS.map((channel) => [`${channel}_port`, connection.ports[channel]])),
  };
}

/** The address of one socket, as ZeroMQ writes it. */
export function address({ transport, ip, ports }: Connection, channel: Channel): string {
  return transport === "ipc" ? `ipc://${ip}-${ports[channel]}` : `tcp://${ip}:${ports[channel]}`;
}
