/** RFC 6749 §5.1. */
export type TokenResponse = {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  refresh_token?: string
  scope: string
}

/** RFC 7662 §2.2: an inactive token's answer says nothing else. */
export type IntrospectionResponse =
  | { active: false }
  | {
      active: true
      token_type?: 'Bearer'
      scope: string
      client_id: string
      username: string
      sub: string
      iss: string
      iat: number
      exp?: number
    }
