/** The least contrast that text needs to be read by everybody: WCAG 2.2, success criterion 1.4.3. */
export const LEAST_CONTRAST = 4.5

/** The contrast of white text on a colour such as `#0b5d57`: from 1, which cannot be read, to 21. WCAG's relative luminance. */
export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
