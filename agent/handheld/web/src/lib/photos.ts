// A photo is made small before it is saved: the road to central is thin.
const longestSide = 1_600
const quality = 0.8

/** The size that a picture gets; never larger than it is. Pure. */
export function fitted(width: number, height: number, longest = longestSide): { width: number; height: number } {
    const scale = Math.min(1, longest / Math.max(width, height))
    return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A JPEG of at most 1600 pixels; rejects what is no picture. */
export async function shrunk(file: Blob): Promise<Blob> {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const canvas = document.createElement('canvas')
    Object.assign(canvas, fitted(picture.width, picture.height))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    return new Promise((done, refuse) => canvas.toBlob((blob) => (blob ? done(blob) : refuse(new Error('no JPEG'))), 'image/jpeg', quality))
}

/** At once, where toBlob waits for an idle moment: the next button is ready when the finger is lifted. */
export function pngOf(canvas: HTMLCanvasElement): Blob {
    const base64 = canvas.toDataURL('image/png').split(',')[1] ?? ''
    return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type: 'image/png' })
}
