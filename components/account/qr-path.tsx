import { encode } from 'uqr'

/** A QR code as one SVG path: a square of `size` units, its quiet zone of four modules included (ISO/IEC 18004 §9.1). */
export type QrPath = { size: number; d: string }

export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { size, d: runs.join('') }
}
