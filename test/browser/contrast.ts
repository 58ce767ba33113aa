type Rgba = [red: number, green: number, blue: number, alpha: number];

/**
 * The contrast ratio of a text's colour on an opaque background, from 1 to 21.
 *
 * ratio = (L1 + 0.05) / (L2 + 0.05), L1 the lighter colour's relative luminance; WCAG 2.2, "contrast ratio"
 *
 * @param text as `getComputedStyle` writes it, `rgb(…)` or `rgba(…)`
 * @param background likewise
 */
export function contrast(text: string, background: string): number {
  const behind = parse(background);
  const [r, g, b, alpha] = parse(text);
  const seen = [r, g, b].map((value, i) => alpha * value + (1 - alpha) * behind[i]!) as [number, number, number];
  const luminances = [luminance(seen), luminance([behind[0], behind[1], behind[2]])];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

function parse(colour: string): Rgba {
  const [r, g, b, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  if (r === undefined || g === undefined || b === undefined) throw new Error(`Expected rgb(…), got ${colour}`);
  return [r, g, b, alpha];
}

/** L = 0.2126 R + 0.7152 G + 0.0722 B of the linear values; WCAG 2.2, "relative luminance" */
function luminance(colour: [number, number, number]): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
