import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A grey picture as a PNG file in base64, which every front end shows (PNG specification, third edition, 2025).
 *
 * @param pixels height·width bytes, row by row, 0 (black) … 255 (white)
 * @param scale how many pixels of the file one pixel becomes, across and down
 */
export function greyPng(pixels: Uint8Array, width: number, height: number, scale = 1): string {
  return picturePng(pixels, width, height, { channels: 1, scale });
}

/**
 * The same in grey or in colour.
 *
 * @param pixels height·width·channels bytes, row by row, the channels of a pixel side by side
 * @param options channels: 1, or 3 for red, green and blue
 */
export function picturePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  { channels, scale = 1 }: { channels: number; scale?: number },
): string {
  const across = width * scale;
  const lines = Buffer.alloc((across * channels + 1) * height * scale); // a zero in front of each line: it is not filtered
  let to = 0;
  for (let y = 0; y < height * scale; y++) {
    const from = Math.floor(y / scale) * width;
    to++;
    for (let x = 0; x < across; x++) {
      const pixel = (from + Math.floor(x / scale)) * channels;
      for (let c = 0; c < channels; c++) lines[to++] = pixels[pixel + c]!;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(across, 0);
  header.writeUInt32BE(height * scale, 4);
  header[8] = 8; // bits a channel
  header[9] = channels === 1 ? 0 : 2; // grey or colour; the zeros behind it: deflate, the usual filters, not interlaced
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
