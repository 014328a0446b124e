// A picture of the camera as the agent reads it (docs/handheld.md): its size, then a byte of brightness for each pixel. Pure.
const longestSide = 1_280
const mostPixels = 1_280 * 960

/** The size that a picture gets; never larger than it is. */
export function frameSize(width: number, height: number): { width: number; height: number } {
    const scale = Math.min(1, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)))
    return { width: Math.floor(width * scale), height: Math.floor(height * scale) }
}

/** Of pixels as a canvas gives them: red, green, blue, opacity. */
export function frameOf(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array<ArrayBuffer> {
    const frame = new Uint8Array(4 + width * height)
    frame.set([width & 255, width >> 8, height & 255, height >> 8])
    for (let from = 0, to = 4; to < frame.length; from += 4, ++to)
        frame[to] = ((rgba[from] ?? 0) * 77 + (rgba[from + 1] ?? 0) * 150 + (rgba[from + 2] ?? 0) * 29) >> 8 // Rec. 601
    return frame
}
