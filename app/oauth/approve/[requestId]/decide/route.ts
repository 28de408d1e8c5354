import { decide } from '#lib/http/decide'

export async function POST(
  request: Request,
  { params }: { params: Promise<{ requestId: string }> },
): Promise<Response> {
  return decide(request, (await params).requestId)
}
