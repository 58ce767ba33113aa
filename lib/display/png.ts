import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A grey picture as a PNG file in base64, which every front end shows (PNG specification, third edition, 2025).
 *
 * @param pixels height·width bytes, row by row, 0 (black) … 255 (white)
 * @param scale how many pixels of the file one pixel becomes, across and down
 */
export function greyPng(pixels: Uint8Array, width: number, height: number, scale = 1): string {
  const across = width * scale;
  const lines = Buffer.alloc((across + 1) * height * scale); // a zero in front of each line: it is not filtered
  for (let y = 0; y < height * scale; y++) {
    const from = Math.floor(y / scale) * width;
    for (let x = 0; x < across; x++) lines[y * (across + 1) + 1 + x] = pixels[from + Math.floor(x / scale)]!;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(across, 0);
  header.writeUInt32BE(height * scale, 4);
  header[8] = 8; // bits a pixel; the zeros behind it: grey, deflate, the usual filters, not interlaced
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from(SIGNATURE), ...chunks]).toString("base64");
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
