import { exportActivity } from '#lib/http/activity/export-activity'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  return exportActivity(request, (await params).team)
}
