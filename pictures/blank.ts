import { png } from './render.ts'

const size = 'width="320" height="180"'

/** A picture of nothing: put in place of one that nobody should see any more. */
export function blankPicture(): Uint8Array {
  return png(`<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="#d9d9d9"/></svg>`)
}
