import { newerActivity } from '#lib/http/activity/newer-activity'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  return newerActivity(request, (await params).team)
}
