import { liveEvents } from '#lib/http/live-events'

export const dynamic = 'force-dynamic'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  return liveEvents(request, (await params).team)
}
