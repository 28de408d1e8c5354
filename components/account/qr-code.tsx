import { cn } from '#components/ui/cn'
import type { QrPath } from './qr-path.tsx'

/** Black on white in both themes: scanners expect it so. */
export function QrCode({ code, label, className }: { code: QrPath; label: string; className?: string }) {
  return (
    <svg
      data-slot="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      className={cn('size-44 rounded-lg border', className)}
    >
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.d} fill="#000" />
    </svg>
  )
}
